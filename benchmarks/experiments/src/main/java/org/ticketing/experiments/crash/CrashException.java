package org.ticketing.experiments.crash;

/** The matrix cannot go on. The message is fit to be shown to a user. */
public class CrashException extends RuntimeException {

  CrashException(String message) {
    super(message);
  }
}
