package org.ticketing.experiments.crash;

/** A cell or the whole matrix cannot go on. The message can be shown to a user. */
public class CrashException extends RuntimeException {

  CrashException(String message) {
    super(message);
  }
}
