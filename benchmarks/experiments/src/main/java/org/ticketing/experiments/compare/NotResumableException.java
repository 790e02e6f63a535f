package org.ticketing.experiments.compare;

/** A comparison cannot be continued. The message is one line fit to be shown to a user. */
public final class NotResumableException extends RuntimeException {

  NotResumableException(String message) {
    super(message);
  }
}
