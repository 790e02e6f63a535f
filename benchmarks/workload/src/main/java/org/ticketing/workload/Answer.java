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
 * @param paymentId where the answer tells it: when completed, or accepted; else null
 * @param acceptedNanos how long it took until the payment was accepted; 0 if it was not accepted
 *     before it was made
 */
public record Answer(Outcome outcome, String reason, UUID paymentId, long acceptedNanos) {

  private static final String IN_PROGRESS = "payment-in-progress";
  private static final int FIRST_SERVER_ERROR = 500;

  /** Without having been accepted before. */
  public Answer(Outcome outcome, String reason, UUID paymentId) {
    this(outcome, reason, paymentId, 0);
  }

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

  /** The payment was accepted, and that is all that is known. */
  static Answer accepted(UUID paymentId, long nanos) {
    return new Answer(Outcome.UNKNOWN, Pay.ACCEPTED, paymentId, nanos);
  }

  /**
   * What the payment shows that has ended.
   *
   * @param reason why it has failed; null if it completed
   */
  Answer ended(String reason) {
    if (reason == null) {
      return new Answer(Outcome.COMPLETED, null, paymentId, acceptedNanos);
    }
    Outcome came = Pay.isFailure(reason) ? Outcome.FAILED : Outcome.REFUSED;
    return new Answer(came, reason, null, acceptedNanos);
  }

  /** Whether the payment was accepted before it was made. */
  public boolean wasAccepted() {
    return acceptedNanos > 0;
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
