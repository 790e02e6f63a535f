package org.ticketing.stack.process;

/** The stack was closed, possibly by another thread, before it could do what was asked. */
public final class StackClosedException extends StackException {

  public StackClosedException() {
    super("The stack was closed.");
  }
}
