package org.ticketing.workload;

/**
 * What was to be measured did not happen, or not as it has to for a figure. The message is fit to
 * be shown to a user.
 */
public class NotMeasuredException extends RuntimeException {

  public NotMeasuredException(String message) {
    super(message);
  }
}
