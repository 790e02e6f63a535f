package org.ticketing.experiments.live;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.ticketing.experiments.crash.CommonKill;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.workload.AtOnce;

/** Systems of one stack. They share its servers, and each has processes of its own. */
final class RunningSystems implements Stage, Closeable {

  private final List<LiveSystem> systems = new ArrayList<>();

  /**
   * Starts them, one after the other.
   *
   * @param trackers where the tracker of a system is, if it has one
   */
  static RunningSystems start(
      LocalStack stack,
      List<SystemDescription> descriptions,
      Function<TicketingSystem, Optional<String>> trackers)
      throws InterruptedException {
    RunningSystems running = new RunningSystems();
    try {
      for (SystemDescription description : descriptions) {
        running.systems.add(LiveSystem.start(stack, description, trackers));
      }
      return running;
    } catch (RuntimeException | InterruptedException failure) {
      running.close();
      throw failure;
    }
  }

  @Override
  public List<LiveSystem> contenders() {
    return systems;
  }

  @Override
  public void kill(String target) throws InterruptedException {
    List<LiveSystem> having = having(target);
    if (having.get(0).hasServer(target)) {
      kill(target, having);
      return;
    }
    try {
      AtOnce.run(
          having.stream()
              .<Callable<Void>>map(
                  system ->
                      () -> {
                        kill(target, List.of(system));
                        return null;
                      })
              .toList());
    } catch (ExecutionException failure) {
      throw new StackException(
          "%s could not be killed: %s".formatted(target, failure.getCause().getMessage()));
    }
  }

  /** In the middle of a payment of the first of them. */
  private static void kill(String target, List<LiveSystem> systems) throws InterruptedException {
    systems.get(0).performance().awaitMiddleOfAPayment();
    systems.forEach(system -> system.performance().struck(target));
    commonKill(target, systems).inject();
  }

  @Override
  public void restart(String target) {
    List<LiveSystem> having = having(target);
    commonKill(target, having).repair();
    having.forEach(system -> system.performance().restarted());
  }

  private static CommonKill commonKill(String target, List<LiveSystem> systems) {
    return new CommonKill(target, systems.stream().map(LiveSystem::target).toList());
  }

  private List<LiveSystem> having(String target) {
    return systems.stream().filter(system -> system.killable().contains(target)).toList();
  }

  @Override
  public void close() {
    systems.forEach(LiveSystem::close);
  }
}
