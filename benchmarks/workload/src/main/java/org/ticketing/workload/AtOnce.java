package org.ticketing.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs tasks in several threads and waits for all of them. */
public final class AtOnce {

  private AtOnce() {}

  /**
   * Starts all tasks together, each in a thread of its own.
   *
   * @return the results, in the order of the tasks
   * @throws ExecutionException the first task, in their order, that failed
   */
  public static <T> List<T> run(List<Callable<T>> tasks)
      throws ExecutionException, InterruptedException {
    CyclicBarrier start = new CyclicBarrier(tasks.size());
    return run(
        tasks.size(),
        tasks.stream()
            .<Callable<T>>map(
                task ->
                    () -> {
                      start.await();
                      return task.call();
                    })
            .toList());
  }

  /** Runs as many tasks at a time as there are threads; otherwise like {@link #run(List)}. */
  public static <T> List<T> run(int threads, List<Callable<T>> tasks)
      throws ExecutionException, InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : executor.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }

  /** What the task has thrown, to be thrown on: wrapped unless it is unchecked. */
  public static RuntimeException thrownBy(ExecutionException task) {
    return task.getCause() instanceof RuntimeException failure
        ? failure
        : new IllegalStateException(task.getCause());
  }
}
