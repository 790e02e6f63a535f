package org.ticketing.xa;

import static org.ticketing.platform.tracking.Decision.COMPLETE;
import static org.ticketing.platform.tracking.Decision.NONE;
import static org.ticketing.platform.tracking.Decision.UNDO;
import static org.ticketing.platform.tracking.Decision.UNKNOWN;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.TransactionState;
import org.ticketing.xa.CoordinatorSettings.Log;
import org.ticketing.xa.LeftBranches.PreparedBranch;

/**
 * Where one global transaction stands, by a {@link Survey}.
 *
 * @param recorded the decision on it, if there is one that can be read here, else null
 */
record Standing(String transaction, RecordedDecision recorded, Survey survey) {

  /** The prepared branches that were found. */
  List<PreparedBranch> branches() {
    return survey.branches().getOrDefault(transaction, List.of());
  }

  /** How far it has come, if it is under way in this process. */
  Optional<Progress> progress() {
    return Optional.ofNullable(survey.underWay().get(transaction));
  }

  boolean isUnderWay() {
    return progress().isPresent();
  }

  boolean isSuspended() {
    return survey.suspended().contains(transaction);
  }

  /** Whose it is; null if no name that this system gives says so. */
  CoordinatorId owner() {
    if (isUnderWay()) {
      return survey.own();
    }
    return branches().stream()
        .flatMap(branch -> CoordinatorId.of(branch.xid()).stream())
        .findFirst()
        .or(() -> Optional.ofNullable(survey.coordinators().get(number())).map(Standing::id))
        .or(() -> CoordinatorId.parse(transaction))
        .orElse(null);
  }

  private int number() {
    return recorded == null ? 0 : recorded.coordinator();
  }

  private static CoordinatorId id(CoordinatorState state) {
    return state.coordinator().id();
  }

  /** What this process's database tells of its owner; empty if it has another database. */
  Optional<CoordinatorState> coordinator() {
    CoordinatorId owner = owner();
    return survey.coordinators().values().stream()
        .filter(state -> id(state).equals(owner))
        .findFirst();
  }

  /** Whether it is of the coordinator of this process. */
  boolean isOurs() {
    return survey.own().equals(owner());
  }

  /** Whether it is of a coordinator that has another database. */
  boolean isElsewhere() {
    return coordinator().isEmpty();
  }

  /** Whether its owner runs, as far as that can be seen here. */
  boolean isOwnerRunning() {
    return isOurs() || coordinator().filter(CoordinatorState::runs).isPresent();
  }

  /** Presumed abort: without a decision to commit, a transaction that has ended is rolled back. */
  Decision decision() {
    if (recorded != null) {
      return recorded.committed() ? COMPLETE : UNDO;
    }
    if (isUnderWay()) {
      return soFar(progress().get().state());
    }
    if (isOurs()) {
      return UNDO;
    }
    if (coordinator().filter(state -> state.coordinator().log() == Log.OWN).isEmpty()) {
      return UNKNOWN;
    }
    return isOwnerRunning() ? NONE : UNDO;
  }

  private static Decision soFar(TransactionState state) {
    return switch (state) {
      case COMPLETING -> COMPLETE;
      case UNDOING -> UNDO;
      default -> NONE;
    };
  }

  TransactionState state() {
    return switch (decision()) {
      // Of one that is under way elsewhere, what is known is that a branch is prepared.
      case NONE -> progress().map(Progress::state).orElse(TransactionState.PREPARING);
      case COMPLETE -> isOver() ? TransactionState.COMPLETED : TransactionState.COMPLETING;
      case UNDO -> isOver() ? TransactionState.UNDONE : TransactionState.UNDOING;
      case UNKNOWN -> TransactionState.UNKNOWN;
    };
  }

  private boolean isOver() {
    return !isUnderWay() && branches().isEmpty() && survey.notReached().isEmpty();
  }

  /** Whether anything at all is known of it. */
  boolean isKnown() {
    return isUnderWay() || recorded != null || !branches().isEmpty();
  }

  /** When it has begun; null if that is not known. */
  Instant since() {
    return progress().map(Progress::begun).or(() -> CoordinatorId.begin(transaction)).orElse(null);
  }
}
