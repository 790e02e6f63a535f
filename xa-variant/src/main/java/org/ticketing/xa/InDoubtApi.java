package org.ticketing.xa;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.ticketing.platform.Paths;

/**
 * What operators do about branches in doubt whose coordinator does not come back. The coordinators
 * that run end their own by themselves.
 */
@HttpExchange(Paths.OPERATIONS + "xa/coordinators")
interface InDoubtApi {

  /** Lists the branches that are prepared at the participants, by coordinator. */
  @GetExchange
  InDoubt list();

  /**
   * Ends the branches of a coordinator that runs nowhere: commits those of transactions whose
   * decision to commit is in this process's database, and rolls back its others. May be repeated,
   * and has to be while a participant is not reached.
   *
   * <p>Refused with {@code unknown-coordinator} if its decisions are not in this database, and with
   * {@code coordinator-running} if it runs.
   */
  @PostExchange("/{name}/{identity}/endings")
  Ended end(
      @PathVariable("name") String name,
      @PathVariable("identity") String identity,
      @Valid @RequestBody Ending ending);

  /**
   * @param notReached the participants that did not answer
   */
  record InDoubt(List<CoordinatorInDoubt> coordinators, List<String> notReached) {}

  /**
   * @param decisionsAreHere whether its decisions are in this process's database, so that its
   *     branches can be ended here
   */
  record CoordinatorInDoubt(
      String name, String identity, boolean decisionsAreHere, List<BranchInDoubt> branches) {}

  record BranchInDoubt(String participant, String branch) {}

  /**
   * @param reason is logged with what was done
   */
  record Ending(@NotBlank @Size(max = 200) String reason) {}

  /**
   * @param left in doubt still; try again later
   * @param notReached the participants that did not answer
   */
  record Ended(
      List<BranchInDoubt> committed,
      List<BranchInDoubt> rolledBack,
      List<BranchInDoubt> left,
      List<String> notReached) {}
}
