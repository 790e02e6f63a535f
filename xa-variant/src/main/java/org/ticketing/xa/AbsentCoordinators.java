package org.ticketing.xa;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.platform.BeforeMigrations;
import org.ticketing.platform.Caller;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.xa.CoordinatorSettings.Log;
import org.ticketing.xa.LeftBranches.Prepared;
import org.ticketing.xa.LeftBranches.PreparedBranch;

/**
 * Ends, for an operator, what a coordinator has left that does not come back. For that it takes the
 * claim of the coordinator, so that it decides as the coordinator itself would, and the coordinator
 * no more. {@link TakeOver} does the same without an operator.
 */
@RestController
@BeforeMigrations
@ConditionalOnHosted("payment")
class AbsentCoordinators implements InDoubtApi {

  private static final Logger log = LoggerFactory.getLogger(AbsentCoordinators.class);

  private final Claims claims;
  private final LeftBranches branches;

  AbsentCoordinators(Claims claims, LeftBranches branches) {
    this.claims = claims;
    this.branches = branches;
  }

  @Override
  public InDoubt list() {
    Prepared prepared = branches.prepared();
    List<CoordinatorInDoubt> coordinators = new ArrayList<>();
    prepared
        .branches()
        .forEach(
            (owner, left) ->
                coordinators.add(
                    new CoordinatorInDoubt(
                        owner.name(),
                        owner.identity(),
                        hasDecisions(owner),
                        left.stream().map(PreparedBranch::shown).toList())));
    return new InDoubt(coordinators, prepared.notReached());
  }

  private boolean hasDecisions(CoordinatorId id) {
    try {
      return claims.find(id).filter(coordinator -> coordinator.log() == Log.OWN).isPresent();
    } catch (SQLException databaseAway) {
      throw notNow(databaseAway);
    }
  }

  @Override
  public Ended end(String name, String identity, Ending ending) {
    var id = new CoordinatorId(name, identity);
    UUID operator = Caller.userId();
    try (Claim claim = claimOf(id)) {
      Ended ended = branches.end(claim, LeftBranches.LONGEST);
      log.warn("User {} has ended what {} has left ({}): {}", operator, id, ending.reason(), ended);
      return ended;
    } catch (SQLException databaseAway) {
      throw notNow(databaseAway);
    }
  }

  private Claim claimOf(CoordinatorId id) throws SQLException {
    RegisteredCoordinator absent =
        claims
            .find(id)
            .filter(coordinator -> coordinator.log() == Log.OWN)
            .orElseThrow(
                () ->
                    new Refusal(
                        Reason.UNKNOWN_COORDINATOR,
                        "The decisions of " + id + " are not in this database."));
    return claims
        .takeOver(absent)
        .orElseThrow(
            () ->
                new Refusal(
                    Reason.COORDINATOR_RUNNING, id + " is running and ends its branches itself."));
  }

  private static ServiceUnavailable notNow(SQLException databaseAway) {
    return new ServiceUnavailable("The coordinators cannot be read now.", databaseAway);
  }
}
