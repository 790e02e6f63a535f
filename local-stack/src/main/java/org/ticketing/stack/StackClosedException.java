package org.ticketing.stack;

/** The stack was closed, possibly by another thread, before it could do what was asked. */
public final class StackClosedException extends StackException {

  StackClosedException() {
    super("The stack was closed.");
  }
}
