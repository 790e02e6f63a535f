package org.ticketing.workload;

/** The workload could not be prepared or sent. The message is fit to be shown to a user. */
public class LoadException extends RuntimeException {

  public LoadException(String message) {
    super(message);
  }
}
