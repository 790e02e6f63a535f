package org.ticketing.tracker;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Asks several services at the same time, each of which has a time limit of its own. What finds no
 * free thread is asked by the caller's.
 */
@Component
class AtOnce implements DisposableBean {

  private static final int THREADS = 100;

  /** What somebody is asked. */
  interface Question<T> extends Supplier<T> {}

  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          THREADS,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          new ThreadPoolExecutor.CallerRunsPolicy());

  /** One answer, later. */
  <T> CompletableFuture<T> one(Question<T> question) {
    return CompletableFuture.supplyAsync(question, threads);
  }

  /** All answers, in the order of the questions; or the failure of the first that has none. */
  <T> List<T> all(List<Question<T>> questions) {
    List<CompletableFuture<T>> answers = questions.stream().map(this::one).toList();
    return answers.stream().map(AtOnce::answer).toList();
  }

  /** The answer, or its failure as it was thrown. */
  static <T> T answer(CompletableFuture<T> later) {
    try {
      return later.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw failed;
    }
  }

  @Override
  public void destroy() {
    threads.shutdownNow();
  }
}
