package org.ticketing.xa;

import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.ticketing.platform.Paths;

/**
 * The coordinator's messages to a participant: the calls of {@link javax.transaction.xa.XAResource}
 * that end branches. Each is answered with a return code of X/Open XA, as named in {@code
 * XAResource} and {@code XAException}; with any other answer or none, the participant counts as not
 * reached. All may be repeated.
 */
@HttpExchange(BranchApi.PATH)
interface BranchApi {

  String PATH = Paths.PROTOCOL + "xa/branches";

  /** XA_OK: the branch survives any crash and ends only as the coordinator says. */
  @PostExchange("/{branch}/prepare")
  int prepare(@PathVariable("branch") BranchXid branch);

  /** XAER_NOTA: a branch that was prepared is committed already. */
  @PostExchange("/{branch}/commit")
  int commit(@PathVariable("branch") BranchXid branch, @RequestParam("onePhase") boolean onePhase);

  /** XAER_NOTA: the branch is rolled back already, or never began. */
  @PostExchange("/{branch}/rollback")
  int rollback(@PathVariable("branch") BranchXid branch);

  /** Returns the branches that are prepared in the participant's database, of any coordinator. */
  @GetExchange
  List<String> prepared();
}
