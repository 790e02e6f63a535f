package org.ticketing.experiments.crash;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.ticketing.experiments.relay.Relay;
import org.ticketing.experiments.relay.Relay.Loss;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.system.SystemDescription;

/** Injects faults into a system, and repairs what they broke. */
final class FaultInjector {

  /** How long a relay drops what passes. */
  private static final Duration LOSS = Duration.ofSeconds(3);

  private static final Duration FULL_DISK = Duration.ofSeconds(5);

  /** The time in which a process that cannot go on must have ended by itself. */
  private static final Duration END = Duration.ofSeconds(20);

  private final TargetSystem target;

  FaultInjector(TargetSystem target) {
    this.target = target;
  }

  /**
   * Checks that a system has the processes and servers that a cell names.
   *
   * @throws IllegalArgumentException if it does not have one of them
   */
  static void require(Cell cell) {
    SystemDescription system = cell.system();
    require(
        List.of(cell.place()),
        Stream.concat(system.processNames().stream(), system.servers().stream()).toList(),
        "Java process",
        system);
    List<String> targets = cell.fault().targets();
    switch (cell.fault().kind()) {
      case LOSE_REQUESTS, LOSE_ANSWERS ->
          require(targets, TargetSystem.relayed(system), "participant or coordinator", system);
      case CUT_DATABASE_CONNECTIONS ->
          require(targets, system.processNames(), "process with a database", system);
      case LOSE_STORE -> require(targets, system.servers(), "coordinator with a store", system);
      default -> require(targets, TargetSystem.killable(system), "process or server", system);
    }
  }

  private static void require(
      List<String> names, List<String> known, String what, SystemDescription system) {
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "%s is no %s of %s; there are: %s"
                .formatted(name, what, system.name(), String.join(", ", known)));
      }
    }
  }

  /** Injects a fault. When this returns, its targets have failed, or are about to. */
  void inject(Fault fault) throws InterruptedException {
    switch (fault.kind()) {
      case KILL -> {
        Thread.sleep(fault.time().toMillis());
        target.kill(fault.targets());
      }
      case LOSE_STORE -> target.kill(fault.targets());
      case LOSE_REQUESTS -> target.relay(only(fault)).lose(Loss.REQUESTS);
      case LOSE_ANSWERS -> target.relay(only(fault)).lose(Loss.ANSWERS);
      case CUT_DATABASE_CONNECTIONS ->
          DatabaseConnections.cut(target.system().database(only(fault)));
      case FILL_DISK -> {
        target.process(only(fault)).expectEnd();
        limitFileSize(target.process(only(fault)), "0:");
      }
      case END -> target.process(only(fault)).expectEnd();
      case HANG, NOTHING -> {}
    }
  }

  /**
   * Repairs what a fault broke, once the thread at the point goes on. When this returns, everything
   * works again.
   *
   * @throws CrashException if the fault had no effect
   */
  void repair(Fault fault) throws InterruptedException {
    switch (fault.kind()) {
      case KILL -> target.restart(fault.targets());
      case LOSE_STORE -> target.restartEmpty(only(fault));
      case LOSE_REQUESTS, LOSE_ANSWERS -> endLoss(target.relay(only(fault)));
      case FILL_DISK -> emptyDisk(only(fault));
      case END -> awaitEnd(only(fault));
      case CUT_DATABASE_CONNECTIONS, HANG, NOTHING -> {}
    }
  }

  private static String only(Fault fault) {
    return fault.targets().get(0);
  }

  private static void endLoss(Relay relay) throws InterruptedException {
    Thread.sleep(LOSS.toMillis());
    relay.lose(Loss.NOTHING);
    if (relay.losses() == 0) {
      throw new CrashException("nothing was sent that could be lost");
    }
  }

  private void emptyDisk(String name) throws InterruptedException {
    StackProcess process = target.process(name);
    Thread.sleep(FULL_DISK.toMillis());
    if (process.isAlive()) {
      limitFileSize(process, "unlimited:");
      process.expectLife();
    } else {
      restartEnded(name);
    }
  }

  private void awaitEnd(String name) throws InterruptedException {
    if (!target.process(name).awaitEnd(END)) {
      throw new CrashException("%s has not ended in %d s".formatted(name, END.toSeconds()));
    }
    restartEnded(name);
  }

  /** Does what a supervisor of processes would do. */
  private void restartEnded(String name) {
    target.kill(List.of(name)); // closes the connections of its relay, too
    target.restart(List.of(name));
  }

  /** Makes every write to a file fail with EFBIG, which holds for root as well. */
  private static void limitFileSize(StackProcess process, String softLimit) {
    try {
      Process tool =
          new ProcessBuilder("prlimit", "--pid=" + process.pid(), "--fsize=" + softLimit)
              .redirectErrorStream(true)
              .start();
      String output = new String(tool.getInputStream().readAllBytes());
      if (tool.waitFor() != 0) {
        throw new CrashException("prlimit failed: " + output.strip());
      }
    } catch (IOException missing) {
      throw new CrashException("A full disk needs prlimit of util-linux: " + missing.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
