package org.ticketing.platform;

/**
 * A service, or the server that coordinates a protocol, gave no usable answer. What was asked of it
 * may have happened.
 */
public class ServiceUnavailable extends RuntimeException {

  /** The {@code reason} under which a payment that failed this way is recorded and answered. */
  public static final String REASON = "service-unavailable";

  public ServiceUnavailable(String detail) {
    super(detail);
  }

  public ServiceUnavailable(String detail, Throwable cause) {
    super(detail, cause);
  }
}
