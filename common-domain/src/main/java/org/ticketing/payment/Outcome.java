package org.ticketing.payment;

import java.util.Locale;
import org.ticketing.platform.Reason;

/** What is known of a payment when its request has been answered; see the glossary. */
enum Outcome {
  COMPLETED,
  REFUSED,
  FAILED,
  UNKNOWN;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** Of a payment that did not complete, for that reason. */
  static Outcome of(Reason reason) {
    return switch (reason) {
      case SERVICE_UNAVAILABLE, PAYMENT_CANCELLED -> FAILED;
      case PAYMENT_IN_PROGRESS -> UNKNOWN;
      default -> REFUSED;
    };
  }

  boolean is(String text) {
    return this.text.equals(text);
  }

  /** As in metrics and lists. */
  @Override
  public String toString() {
    return text;
  }
}
