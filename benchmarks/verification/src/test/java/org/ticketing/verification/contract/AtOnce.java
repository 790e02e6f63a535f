package org.ticketing.verification.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs things at the same time. */
public final class AtOnce {

  private AtOnce() {}

  /** All of them start together, each in a thread of its own. */
  public static <T> List<T> run(List<Callable<T>> tasks) throws Exception {
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

  /** As many at a time as there are threads. */
  public static <T> List<T> run(int threads, List<Callable<T>> tasks) throws Exception {
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
}
