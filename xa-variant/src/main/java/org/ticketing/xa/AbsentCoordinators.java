package org.ticketing.xa;

import static javax.transaction.xa.XAException.XAER_NOTA;
import static javax.transaction.xa.XAResource.XA_OK;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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

/**
 * Ends what a coordinator has left that does not come back. For that it takes the claim of the
 * coordinator, so that it decides as the coordinator itself would, and the coordinator no more.
 */
@RestController
@BeforeMigrations
@ConditionalOnHosted("payment")
class AbsentCoordinators implements InDoubtApi {

  private static final Logger log = LoggerFactory.getLogger(AbsentCoordinators.class);

  private final XaDatabase database;
  private final Claims claims;
  private final Participants participants;

  AbsentCoordinators(XaDatabase database, Claims claims, Participants participants) {
    this.database = database;
    this.claims = claims;
    this.participants = participants;
  }

  @Override
  public InDoubt list() {
    Prepared prepared = prepared();
    List<CoordinatorInDoubt> coordinators = new ArrayList<>();
    prepared.branches.forEach(
        (owner, branches) ->
            coordinators.add(
                new CoordinatorInDoubt(
                    owner.name(),
                    owner.identity(),
                    hasDecisions(owner),
                    branches.stream().map(PreparedBranch::shown).toList())));
    return new InDoubt(coordinators, prepared.notReached);
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
      Ended ended = end(claim);
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

  private Ended end(Claim claim) throws SQLException {
    var decisions = new DecisionTable(database, claim, Duration.ZERO);
    Prepared prepared = prepared();
    var ended =
        new Ended(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), prepared.notReached);
    for (PreparedBranch branch : prepared.branches.getOrDefault(claim.id(), List.of())) {
      end(branch, decisions, ended);
    }
    if (ended.left().isEmpty() && ended.notReached().isEmpty()) {
      decisions.removeCommitted();
    }
    return ended;
  }

  private void end(PreparedBranch branch, DecisionTable decisions, Ended ended) {
    BranchApi participant = participants.branches(branch.participant);
    try {
      boolean committed = decisions.isCommitted(branch.xid.transaction());
      int code =
          committed ? participant.commit(branch.xid, false) : participant.rollback(branch.xid);
      List<BranchInDoubt> with = committed ? ended.committed() : ended.rolledBack();
      (code == XA_OK || code == XAER_NOTA ? with : ended.left()).add(branch.shown());
    } catch (SQLException | RuntimeException failure) {
      log.warn("Branch {} of {} was not ended", branch.xid, branch.participant, failure);
      ended.left().add(branch.shown());
    }
  }

  private Prepared prepared() {
    var prepared = new Prepared(new LinkedHashMap<>(), new ArrayList<>());
    for (String participant : new TreeSet<>(participants.names())) {
      try {
        for (String branch : participants.branches(participant).prepared()) {
          prepared.add(new PreparedBranch(participant, BranchXid.valueOf(branch)));
        }
      } catch (RuntimeException notReached) {
        log.warn("{} did not list its branches: {}", participant, notReached.toString());
        prepared.notReached.add(participant);
      }
    }
    return prepared;
  }

  /** What the participants have prepared, by coordinator. */
  private record Prepared(
      Map<CoordinatorId, List<PreparedBranch>> branches, List<String> notReached) {

    void add(PreparedBranch branch) {
      CoordinatorId.of(branch.xid)
          .ifPresent(id -> branches.computeIfAbsent(id, none -> new ArrayList<>()).add(branch));
    }
  }

  private record PreparedBranch(String participant, BranchXid xid) {

    BranchInDoubt shown() {
      return new BranchInDoubt(participant, xid.toString());
    }
  }
}
