package org.ticketing.platform;

/**
 * A service, or the server that coordinates a protocol, gave no usable answer. What was asked of it
 * may have happened.
 */
public class ServiceUnavailable extends RuntimeException {

  public ServiceUnavailable(String detail) {
    super(detail);
  }

  public ServiceUnavailable(String detail, Throwable cause) {
    super(detail, cause);
  }
}
