package org.ticketing.workload;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.ticketing.workload.history.Outcome;

/**
 * A payment that a reader has in view. Which of the payments that use points of the wallet it is,
 * nobody knows before it has a receipt: the suspects are those not known to be another's.
 */
final class FollowedPayment {

  /** A short fracture is measured by looking again at once, a long one as often as all others. */
  private static final int EXTRA_LOOKS = 8;

  private final PlannedPayment payment;
  private int extraLooks = EXTRA_LOOKS;

  /** Null while it is under way. */
  private Answer answer;

  private long answeredAt;
  private long until;

  /** Null until the wallet was seen after the answer; what appears later is another's. */
  private Set<UUID> suspects;

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

  /** It could not be read, which is waited for. */
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
    if (suspects == null) {
      suspects = new HashSet<>(seen);
    } else {
      suspects.retainAll(seen);
    }
    return !suspects.isEmpty();
  }

  /** Whether nothing more is to be seen of it, for all that can be known, or for too long. */
  boolean isOver(long now) {
    if (answer == null || suspects == null) {
      return false;
    }
    boolean refused = answer.outcome() == Outcome.REFUSED && answer.isFinal();
    return refused && suspects.isEmpty() || now > until;
  }

  Set<UUID> suspects() {
    return suspects == null ? Set.of() : suspects;
  }

  boolean deservesAnotherLook() {
    return extraLooks-- > 0;
  }
}
