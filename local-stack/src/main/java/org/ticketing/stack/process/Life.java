package org.ticketing.stack.process;

import java.time.Duration;
import java.util.Optional;

/** One life of a process of the stack, from a start to its end. */
public interface Life {

  /** The id of the process, which no other life of it has had. */
  long pid();

  boolean isAlive();

  /** Waits until it has ended. Returns whether it has in this time. */
  boolean awaitEnd(Duration patience) throws InterruptedException;

  /** Its exit status, once it has ended, as in {@link ProcessDeath}. */
  int status();

  /** Has something done at its end, or now if it has ended. */
  void onEnd(Runnable action);

  /** Sends SIGKILL. Returns when it and the processes it started are gone. Idempotent. */
  void kill();

  /** Stops it where it is, with the processes it started. Idempotent. */
  void pause();

  /** Lets it go on. Idempotent. */
  void resume();

  /** As {@link StackProcess#processorTime}. */
  Optional<Duration> processorTime();

  /** As {@link StackProcess#compilerTime}. */
  Optional<Duration> compilerTime();
}
