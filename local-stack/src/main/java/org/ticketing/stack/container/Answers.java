package org.ticketing.stack.container;

import com.github.dockerjava.api.async.ResultCallback;
import java.io.Closeable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.ticketing.stack.process.StackException;

/**
 * Receives what the engine answers to a request bit by bit, on a thread of the client. Unlike the
 * client's own callbacks, it logs nothing.
 */
final class Answers<T> implements ResultCallback<T> {

  private final Consumer<T> receiver;
  private final CompletableFuture<Void> begin = new CompletableFuture<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  Answers(Consumer<T> receiver) {
    this.receiver = receiver;
  }

  /**
   * Waits until the engine has accepted the request.
   *
   * @throws RuntimeException the engine has refused it
   */
  void awaitBegin() {
    await(begin);
  }

  /**
   * Waits for the last answer.
   *
   * @throws RuntimeException the engine has refused the request, or broken it off
   */
  void awaitEnd() {
    await(end);
  }

  /** Completes after the last answer, exceptionally if the engine has broken it off. */
  CompletableFuture<Void> end() {
    return end;
  }

  @Override
  public void onStart(Closeable stream) {
    begin.complete(null);
  }

  @Override
  public void onNext(T answer) {
    receiver.accept(answer);
  }

  @Override
  public void onError(Throwable failure) {
    begin.completeExceptionally(failure);
    end.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    begin.complete(null);
    end.complete(null);
  }

  @Override
  public void close() {}

  private static void await(CompletableFuture<Void> moment) {
    try {
      moment.get();
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof RuntimeException unchecked
          ? unchecked
          : new IllegalStateException(failure.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted.", e);
    }
  }
}
