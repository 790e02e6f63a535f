package org.ticketing.stack.server;

import java.util.Optional;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;

/** A server that systems need besides their own processes. */
public interface Server {

  /** What a server is to a system. */
  enum Kind {
    DATABASE,
    /** Coordinates global transactions. */
    COORDINATOR
  }

  /** As descriptions of systems name it. */
  String name();

  Kind kind();

  /** What it answered, at its start, about the survival of what it has acknowledged. */
  Durability durability();

  /** Its process; none if it runs elsewhere, where it cannot be killed from here. */
  Optional<StackProcess> processIfHere();

  /**
   * Its process.
   *
   * @throws StackException if it runs elsewhere
   */
  StackProcess process();

  /**
   * Kills it, and starts it again without anything it has stored.
   *
   * @throws UnsupportedOperationException it keeps what cannot be made again
   */
  default void restartEmpty() {
    throw new UnsupportedOperationException(name() + " is not restarted empty.");
  }
}
