package org.ticketing.stack;

/** The stack cannot do what was asked. The message is one line, fit to be shown to a user as is. */
public class StackException extends RuntimeException {

  StackException(String message) {
    super(message);
  }

  StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
