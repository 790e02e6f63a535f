package org.ticketing.workload;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.ticketing.workload.history.Outcome;

/**
 * A payment that a reader follows. Its id is known only from a receipt. Before, the candidates are
 * those payments that use points of its wallet and are not known to be for another reservation.
 */
final class FollowedPayment {

  /** How often a reader looks again at once, to measure a short fracture. */
  private static final int EXTRA_LOOKS = 8;

  private final PlannedPayment payment;
  private int extraLooks = EXTRA_LOOKS;

  /** Null while it is under way. */
  private Answer answer;

  private long answeredAt;
  private long until;

  /** Null until the wallet was read after the answer; uses that appear later are of others. */
  private Set<UUID> candidates;

  FollowedPayment(PlannedPayment payment) {
    this.payment = payment;
  }

  PlannedPayment payment() {
    return payment;
  }

  void answered(Answer answer, long now, long patience) {
    this.answer = answer;
    answeredAt = now;
    until = now + patience;
  }

  /** The payment could not be read; that time does not count. */
  void missed(long now, long patience) {
    until = now + patience;
  }

  /**
   * The wallet was read.
   *
   * @param started when the read began
   * @param seen payments it showed as using points that are not known to be another's
   * @return whether one of them may be this one
   */
  boolean mayUse(long started, Set<UUID> seen) {
    if (answer == null || started <= answeredAt) {
      return !seen.isEmpty();
    }
    if (candidates == null) {
      candidates = new HashSet<>(seen);
    } else {
      candidates.retainAll(seen);
    }
    return !candidates.isEmpty();
  }

  /** Whether nothing more can be seen of it, or it was followed for long enough. */
  boolean isOver(long now) {
    if (answer == null || candidates == null) {
      return false;
    }
    boolean refused = answer.outcome() == Outcome.REFUSED && answer.isFinal();
    return refused && candidates.isEmpty() || now > until;
  }

  Set<UUID> candidates() {
    return candidates == null ? Set.of() : candidates;
  }

  boolean deservesAnotherLook() {
    return extraLooks-- > 0;
  }
}
