package org.ticketing.stack.server;

import java.util.Map;
import java.util.Optional;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;

/** A server that systems need besides their own processes. */
public interface Server {

  /** What a server is to a system. */
  enum Kind {
    DATABASE,
    /** Coordinates global transactions. */
    COORDINATOR,
    /** Carries messages from one process to others. */
    BROKER
  }

  /** The name that descriptions of systems use. */
  String name();

  Kind kind();

  /** What it answered when it was asked, at its start, whether commits survive a crash. */
  Durability durability();

  /** What mends it; none if it runs as shipped, or by other settings alone. */
  default Optional<Patches> patches() {
    return Optional.empty();
  }

  /**
   * The settings by which this project changes it, with the values that it has; none if it is
   * changed by patches, or not at all.
   */
  default Map<String, String> changedSettings() {
    return Map.of();
  }

  /** Its process; none if it runs elsewhere, and so cannot be killed. */
  Optional<StackProcess> processIfHere();

  /**
   * Its process.
   *
   * @throws StackException if it runs elsewhere
   */
  StackProcess process();

  /**
   * The port at which a relay in front of it has to listen; 0 if any will do. A server that tells
   * its clients where to go on tells those that came through the relay to come back to it.
   */
  default int relayPort() {
    return 0;
  }

  /** The port to which such a relay forwards. */
  default int portBehindRelay() {
    return process().port();
  }

  /**
   * The number of global transactions that it has not finished. A server that coordinates none has
   * none.
   *
   * @param application the name of the application that began them, or a part of it
   * @throws StackException if it does not answer
   */
  default long unfinishedTransactions(String application) {
    return 0;
  }

  /**
   * The number of messages that have not come to their readers. A server that carries none has
   * none.
   *
   * @param topics what the names of their topics begin with. The readers of a topic are the group
   *     of the same name
   * @throws StackException if it does not answer
   */
  default long unreadMessages(String topics) {
    return 0;
  }

  /**
   * Kills it, and starts it again without what it has stored.
   *
   * @throws UnsupportedOperationException if what it has stored cannot be made again
   */
  default void restartEmpty() {
    throw new UnsupportedOperationException(name() + " is not restarted empty.");
  }
}
