package org.ticketing.xa;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ticketing.xa.LeftBranches.PreparedBranch;

/**
 * What is known of global transactions at one moment: what the participants have prepared, what is
 * under way in this process, and what the payment's database has decided. It is found out in this
 * order, so that a transaction that has a prepared branch of this process's coordinator, is not
 * under way, and has no decision to commit, will never have one.
 *
 * @param own the coordinator of this process
 * @param branches that are prepared, by transaction
 * @param notReached the participants that have not told what is prepared
 * @param underWay in this process
 * @param coordinators that have this process's database as their own, by number
 * @param decisions to commit, and those on the transactions of prepared branches, by transaction
 * @param suspended transactions
 */
record Survey(
    CoordinatorId own,
    Map<String, List<PreparedBranch>> branches,
    List<String> notReached,
    Map<String, Progress> underWay,
    Map<Integer, CoordinatorState> coordinators,
    Map<String, RecordedDecision> decisions,
    Set<String> suspended) {

  Standing standing(String transaction) {
    return standing(transaction, decisions.get(transaction));
  }

  /**
   * @param recorded the decision on it, which may be too old to be among {@link #decisions}; null
   *     if there is none
   */
  Standing standing(String transaction, RecordedDecision recorded) {
    return new Standing(transaction, recorded, this);
  }

  /**
   * Returns the transactions that are not finished, the oldest first.
   *
   * <p>A decision that no participant has a branch of was told to all. While a participant is not
   * reached, it may not have been.
   *
   * @param told decisions that expire before then have not just been told by their transaction
   * @param ofOthers transactions of coordinators of other databases that have begun since then are
   *     under way there, and not shown
   */
  List<Standing> unfinished(Instant told, Instant ofOthers) {
    Set<String> transactions = new HashSet<>(underWay.keySet());
    transactions.addAll(branches.keySet());
    if (!notReached.isEmpty()) {
      decisions.values().stream()
          .filter(decision -> decision.committed() && isLeft(decision, told))
          .map(RecordedDecision::transaction)
          .forEach(transactions::add);
    }
    return transactions.stream()
        .map(this::standing)
        .filter(it -> !it.isElsewhere() || isBefore(it.since(), ofOthers))
        .sorted(comparing(Standing::since, nullsLast(naturalOrder())))
        .toList();
  }

  /** A coordinator that runs removes the decisions that it has told to all, once a second. */
  private boolean isLeft(RecordedDecision decision, Instant told) {
    CoordinatorState owner = coordinators.get(decision.coordinator());
    boolean isToldByItsThread = owner != null && owner.runs() && owner.epoch() == decision.epoch();
    return !isToldByItsThread || decision.expires().isBefore(told);
  }

  private static boolean isBefore(Instant since, Instant time) {
    return since == null || since.isBefore(time);
  }
}
