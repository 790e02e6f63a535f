package org.ticketing.xa;

import java.util.Optional;
import java.util.concurrent.Callable;

/** Holds, for each thread, the instance of a participant that the thread sends a message to. */
final class CalledInstance {

  private static final ThreadLocal<InstanceAddress> CALLED = new ThreadLocal<>();

  private CalledInstance() {}

  /** Returns the instance that this thread's message goes to; empty for any by the name. */
  static Optional<InstanceAddress> get() {
    return Optional.ofNullable(CALLED.get());
  }

  /**
   * Sends a message.
   *
   * @param instance that it goes to; null for any by the name
   */
  static <T> T send(Callable<T> message, InstanceAddress instance) throws Exception {
    CALLED.set(instance);
    try {
      return message.call();
    } finally {
      CALLED.remove();
    }
  }
}
