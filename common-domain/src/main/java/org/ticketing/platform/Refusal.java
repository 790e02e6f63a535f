package org.ticketing.platform;

import org.springframework.http.HttpStatusCode;

/**
 * A business rule said no. Final: nothing was changed, and asking again changes nothing. Travels
 * over HTTP as a problem detail and arrives at the caller as the same refusal.
 */
public class Refusal extends RuntimeException {

  private final String reason;
  private final HttpStatusCode status;

  /**
   * @param reason stable, machine-readable name of the rule, such as {@code insufficient-points}
   * @param detail one sentence for a person
   */
  public Refusal(String reason, HttpStatusCode status, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
    this.status = status;
  }

  public String reason() {
    return reason;
  }

  public HttpStatusCode status() {
    return status;
  }
}
