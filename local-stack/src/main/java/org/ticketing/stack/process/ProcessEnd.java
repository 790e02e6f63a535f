package org.ticketing.stack.process;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits until processes have ended, even if the thread is interrupted. It polls instead of using
 * {@code onExit}, which completes on a thread of the common pool, and never does while all of these
 * are busy.
 */
final class ProcessEnd {

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private ProcessEnd() {}

  /** Waits for a child, whose exit value is known afterwards. */
  static void await(Process process) {
    await(process::isAlive);
  }

  static void await(ProcessHandle process) {
    await(process::isAlive);
  }

  private static void await(BooleanSupplier isAlive) {
    boolean interrupted = Thread.interrupted();
    while (isAlive.getAsBoolean()) {
      LockSupport.parkNanos(POLL_NANOS);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
