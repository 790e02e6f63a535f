package org.ticketing.platform;

/** A service accepts no connections, so that what was asked of it cannot have happened. */
public class ServiceUnreachable extends ServiceUnavailable {

  public ServiceUnreachable(String detail, Throwable cause) {
    super(detail, cause);
  }
}
