package org.ticketing.tcc;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.ticketing.platform.Paths;

/**
 * What the payment process asks of a participant, beside its tries, for operators who watch and
 * steer transactions. All calls may be repeated.
 */
@HttpExchange(BranchApi.PATH)
interface BranchApi {

  String PATH = Paths.PROTOCOL + "tcc/branches";

  /** The most branches that are listed at a time. */
  int MOST = 10_000;

  /** The branches that are tried and neither confirmed nor cancelled, the oldest first. */
  @GetExchange("/open")
  List<FenceRow> open(@RequestParam("limit") @Min(1) @Max(MOST) int limit);

  /** What there is of a transaction. At least one of the two is needed. */
  @GetExchange
  Kept kept(
      @RequestParam(name = "xid", required = false) String xid,
      @RequestParam(name = "payment", required = false) UUID payment);

  /**
   * Confirms or cancels the open branches of a transaction that is decided, by the same calls as
   * Seata's server would.
   */
  @PostExchange("/endings")
  Ended end(@Valid @RequestBody Ending ending);

  /** Stops the recovery of the open branches of a transaction, or starts it again. */
  @PostExchange("/suspensions")
  void suspend(@Valid @RequestBody Suspension suspension);

  /**
   * Cancels the open branches of a transaction that nobody knows any more, and gives back what its
   * payment has reserved without a branch.
   */
  @PostExchange("/releases")
  Ended release(@Valid @RequestBody Release release);

  /**
   * @param rows of the fence
   * @param reserved whether points or a reservation are set aside for the payment
   */
  record Kept(List<FenceRow> rows, boolean reserved) {}

  record Ending(@NotBlank String xid, boolean complete) {}

  record Suspension(@NotBlank String xid, boolean suspended) {}

  /**
   * @param xid null if it is not known
   */
  record Release(String xid, @NotNull UUID payment) {}

  /**
   * @param done in words, a line each
   * @param failures why something could not be done, a line each
   */
  record Ended(List<String> done, List<String> failures) {}
}
