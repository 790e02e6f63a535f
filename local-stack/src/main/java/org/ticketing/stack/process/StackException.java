package org.ticketing.stack.process;

/** The stack cannot do what was asked. The message is one line that can be shown to a user. */
public class StackException extends RuntimeException {

  public StackException(String message) {
    super(message);
  }

  public StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
