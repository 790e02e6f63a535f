package org.ticketing.xa;

import com.atomikos.icatch.config.Configuration;
import com.atomikos.recovery.LogReadException;
import com.atomikos.recovery.PendingTransactionRecord;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.xa.CoordinatorSettings.Log;
import org.ticketing.xa.LeftBranches.Prepared;
import org.ticketing.xa.LeftBranches.PreparedBranch;

/**
 * Makes {@link Survey}s. Whoever looks again and again is shown one that is a second old at most,
 * so that participants and database are asked once a second, however many look.
 */
class Surveys {

  private static final Duration LIFETIME = Duration.ofSeconds(1);

  /** An operator who looks at everything else waits for a silent participant for so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final XaDatabase database;
  private final Claims claims;
  private final LeftBranches branches;
  private final Suspensions suspensions;
  private final Recovery recovery;
  private Survey last;
  private long madeAt;

  Surveys(
      XaDatabase database,
      Claims claims,
      LeftBranches branches,
      Suspensions suspensions,
      Recovery recovery) {
    this.database = database;
    this.claims = claims;
    this.branches = branches;
    this.suspensions = suspensions;
    this.recovery = recovery;
  }

  /**
   * @throws ServiceUnavailable the payment's database gives no answer
   */
  synchronized Survey recent() {
    if (last == null || System.nanoTime() - madeAt >= LIFETIME.toNanos()) {
      last = now();
      madeAt = System.nanoTime();
    }
    return last;
  }

  /**
   * @throws ServiceUnavailable the payment's database gives no answer
   */
  Survey now() {
    Prepared prepared = branches.prepared(PATIENCE);
    Map<String, List<PreparedBranch>> byTransaction =
        prepared.branches().values().stream()
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(branch -> branch.xid().transaction()));
    Map<String, Progress> underWay = recovery.underWay().all();
    try {
      Map<Integer, CoordinatorState> coordinators =
          claims.states().stream()
              .collect(
                  Collectors.toMap(state -> state.coordinator().number(), Function.identity()));
      return new Survey(
          recovery.id(),
          byTransaction,
          prepared.notReached(),
          underWay,
          coordinators,
          decisions(byTransaction.keySet(), coordinators),
          suspensions.all());
    } catch (SQLException | LogReadException failure) {
      throw new ServiceUnavailable("The decisions cannot be read now.", failure);
    }
  }

  /** The next look at everything is a new one. */
  synchronized void outdate() {
    last = null;
  }

  /** Where one transaction stands, by a survey that is a second old at most. */
  Standing recent(String transaction) {
    return standing(transaction, recent());
  }

  /** Where one transaction stands now. */
  Standing now(String transaction) {
    return standing(transaction, now());
  }

  private Standing standing(String transaction, Survey survey) {
    try {
      RecordedDecision recorded = survey.decisions().get(transaction);
      return survey.standing(
          transaction,
          recorded != null ? recorded : RecordedDecision.find(transaction, database).orElse(null));
    } catch (SQLException failure) {
      throw new ServiceUnavailable("The decisions cannot be read now.", failure);
    }
  }

  private Map<String, RecordedDecision> decisions(
      Set<String> inDoubt, Map<Integer, CoordinatorState> coordinators)
      throws SQLException, LogReadException {
    Map<String, RecordedDecision> decisions = new HashMap<>();
    for (RecordedDecision decision : RecordedDecision.toCommitOrOf(inDoubt, database)) {
      decisions.put(decision.transaction(), decision);
    }
    for (CoordinatorState state : coordinators.values()) {
      RegisteredCoordinator coordinator = state.coordinator();
      if (coordinator.id().equals(recovery.id()) && coordinator.log() == Log.ATOMIKOS) {
        inLogOfAtomikos(state).forEach(it -> decisions.put(it.transaction(), it));
      }
    }
    return decisions;
  }

  /** The log keeps decisions to commit alone, and of this process's coordinator alone. */
  private static List<RecordedDecision> inLogOfAtomikos(CoordinatorState own)
      throws LogReadException {
    return Configuration.getRecoveryLog()
        .getExpiredPendingCommittingTransactionRecordsAt(Long.MAX_VALUE)
        .stream()
        .map(record -> decision(record, own))
        .toList();
  }

  private static RecordedDecision decision(PendingTransactionRecord record, CoordinatorState own) {
    return new RecordedDecision(
        record.id,
        own.coordinator().number(),
        own.epoch(),
        true,
        Instant.ofEpochMilli(record.expires));
  }
}
