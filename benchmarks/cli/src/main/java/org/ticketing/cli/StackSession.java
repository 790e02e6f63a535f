package org.ticketing.cli;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.process.ProcessDeath;

/**
 * Work on a stack, bounded by its life: ends when the work is done, when one of its processes dies,
 * or when this process is told to end. Nothing is left running in any of these cases.
 */
final class StackSession {

  /** A death often shows in a failed request before the process is known to be dead. */
  private static final long DEATH_NOTICE_SECONDS = 2;

  interface Work<T> {
    T on(LocalStack stack) throws Exception;
  }

  private StackSession() {}

  /**
   * @throws org.ticketing.stack.process.StackException the stack could not start
   * @throws CommandFailed one of its processes died
   */
  static <T> T run(StackOptions options, Work<T> work) throws Exception {
    LocalStack stack = LocalStack.prepare(options);
    AtomicBoolean toldToEnd = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  toldToEnd.set(true);
                  stack.close();
                },
                "close"));
    Thread worker = Thread.currentThread();
    stack.unexpectedDeath().thenAccept(death -> worker.interrupt());
    try (stack) {
      stack.startServers();
      return work.on(stack);
    } catch (Exception failure) {
      if (toldToEnd.get()) {
        return awaitEnd();
      }
      throw deathBehind(stack, failure);
    }
  }

  private static Exception deathBehind(LocalStack stack, Exception failure) {
    Thread.interrupted();
    try {
      ProcessDeath death = stack.unexpectedDeath().get(DEATH_NOTICE_SECONDS, TimeUnit.SECONDS);
      return new CommandFailed("Stopped, because " + death + ".");
    } catch (TimeoutException | ExecutionException | InterruptedException noDeath) {
      return failure;
    }
  }

  /** Waits for the shutdown, which has closed the stack and ends this process, too. */
  private static <T> T awaitEnd() throws InterruptedException {
    Thread.sleep(Long.MAX_VALUE);
    throw new AssertionError("never reached");
  }
}
