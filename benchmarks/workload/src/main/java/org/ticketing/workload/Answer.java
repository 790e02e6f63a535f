package org.ticketing.workload;

import java.util.Locale;
import java.util.UUID;
import org.ticketing.workload.history.Operation.Pay;
import org.ticketing.workload.history.Outcome;

/**
 * What a client was told about its payment. How an HTTP answer is counted is decided here, by the
 * rule that {@link Outcome} states.
 *
 * @param reason why it was refused, has failed, or is unknown; null when completed
 * @param paymentId where the answer tells it: when completed; else null
 */
public record Answer(Outcome outcome, String reason, UUID paymentId) {

  private static final String IN_PROGRESS = "payment-in-progress";
  private static final int FIRST_SERVER_ERROR = 500;

  public static Answer completed(UUID paymentId) {
    return new Answer(Outcome.COMPLETED, null, paymentId);
  }

  public static Answer refused(String reason) {
    return new Answer(Outcome.REFUSED, reason, null);
  }

  public static Answer failed(String reason) {
    return new Answer(Outcome.FAILED, reason, null);
  }

  public static Answer unknown(String reason) {
    return new Answer(Outcome.UNKNOWN, reason, null);
  }

  /**
   * An answer that is no receipt.
   *
   * @param type of the problem detail, without its prefix; null if there was none
   */
  public static Answer problem(int status, String type) {
    if (type == null) {
      return unknown("HTTP " + status);
    }
    if (Pay.isFailure(type)) {
      return failed(type);
    }
    return status >= FIRST_SERVER_ERROR || type.equals(IN_PROGRESS) ? unknown(type) : refused(type);
  }

  /**
   * Whether the system told what became of the payment, also if it was asked for before with the
   * same key.
   */
  public boolean isFinal() {
    return Pay.isFinal(outcome, reason);
  }

  public boolean isCompleted() {
    return outcome == Outcome.COMPLETED;
  }

  /** Whether nothing remains of what was asked for; it may be asked for again with another key. */
  public boolean isFailed() {
    return outcome == Outcome.FAILED;
  }

  @Override
  public String toString() {
    String name = outcome.name().toLowerCase(Locale.ROOT);
    return reason == null ? name : name + " (" + reason + ")";
  }
}
