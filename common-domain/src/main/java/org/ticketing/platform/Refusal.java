package org.ticketing.platform;

/**
 * A business rule said no. Final: nothing was changed, and asking again changes nothing. Travels
 * over HTTP as a problem detail and arrives at the caller as the same refusal.
 */
public class Refusal extends RuntimeException {

  private final Reason reason;

  /**
   * @param detail one sentence for a person
   */
  public Refusal(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
