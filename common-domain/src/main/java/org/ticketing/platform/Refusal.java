package org.ticketing.platform;

/**
 * A business rule refused what was asked. Nothing was changed, and repeating the request does not
 * help. A refusal travels over HTTP as a problem detail and is thrown at the caller as the same
 * refusal.
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
