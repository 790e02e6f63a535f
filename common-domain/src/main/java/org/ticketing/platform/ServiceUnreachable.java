package org.ticketing.platform;

/** Nobody takes connections for a service, so what was to be asked of it has not happened. */
public class ServiceUnreachable extends ServiceUnavailable {

  public ServiceUnreachable(String detail, Throwable cause) {
    super(detail, cause);
  }
}
