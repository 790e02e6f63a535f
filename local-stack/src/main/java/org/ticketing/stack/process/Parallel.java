package org.ticketing.stack.process;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs several tasks at once, but no more of them than the machine can take. */
public final class Parallel {

  /** A start mostly computes, on one core. At least three run at once, because some of it waits. */
  public static final int WIDTH = Math.max(3, Runtime.getRuntime().availableProcessors());

  private Parallel() {}

  /**
   * Runs tasks. Returns when all are done.
   *
   * @throws StackException the first failure, which interrupts the other tasks
   */
  public static void run(int atOnce, List<Callable<Void>> tasks) {
    var pool = Executors.newFixedThreadPool(atOnce);
    try {
      var done = new ExecutorCompletionService<Void>(pool);
      List<Future<Void>> submitted = tasks.stream().map(done::submit).toList();
      for (int i = 0; i < submitted.size(); i++) {
        done.take().get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StackException failure
          ? failure
          : new StackException("Unexpected: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted.", e);
    } finally {
      pool.shutdownNow();
      awaitTermination(pool);
    }
  }

  private static void awaitTermination(ExecutorService pool) {
    boolean interrupted = Thread.interrupted();
    try {
      pool.awaitTermination(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
