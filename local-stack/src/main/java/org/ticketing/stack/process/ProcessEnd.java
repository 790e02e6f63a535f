package org.ticketing.stack.process;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits until processes have ended, whatever interrupts the thread. Not with their {@code onExit},
 * which completes in the common pool: where its few threads are busy, it never would.
 */
final class ProcessEnd {

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private ProcessEnd() {}

  /** Of a child, whose exit value is then known. */
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
