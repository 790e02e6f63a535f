package org.ticketing.experiments.crash;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.ticketing.experiments.crash.Fault.Kind;
import org.ticketing.experiments.relay.Relay.Direction;
import org.ticketing.experiments.relay.Relay.Treatment;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.server.JdbcAccess;

/** Injects one fault into a system, and repairs what it broke. */
final class FaultInjector {

  /** How long messages are lost. */
  private static final Duration LOSS = Duration.ofSeconds(3);

  private static final Duration FULL_DISK = Duration.ofSeconds(5);

  /** The time in which a process that cannot go on must have ended by itself. */
  private static final Duration END = Duration.ofSeconds(20);

  /** How far a clock is behind. */
  private static final Duration BEHIND = Duration.ofHours(1);

  private final TargetSystem target;
  private final Fault fault;
  private long disturbedBefore;

  FaultInjector(TargetSystem target, Fault fault) {
    this.target = target;
    this.fault = fault;
  }

  /** Injects it. When this returns, its targets have failed, or are about to. */
  void inject() throws InterruptedException {
    disturbedBefore = target.network().disturbed();
    switch (fault.kind()) {
      case KILL -> {
        Thread.sleep(fault.delay().toMillis());
        target.kill(fault.targets());
      }
      case LOSE_REQUESTS -> target.network().treatCalls(only(), Direction.REQUESTS, Treatment.LOSE);
      case LOSE_ANSWERS -> target.network().treatCalls(only(), Direction.ANSWERS, Treatment.LOSE);
      case SILENCE_BETWEEN, SILENCE_FROM -> treat(Treatment.SWALLOW);
      case DELAY_BETWEEN, DELAY_FROM -> treat(Treatment.DETAIN);
      case VANISH -> target.vanish(fault.targets());
      case PAUSE -> fault.targets().forEach(name -> target.process(name).pause());
      case TURN_CLOCK_BACK -> target.clock(only()).setBehind(BEHIND);
      case SET_CLOCK_BACK, LOSE_STORE -> target.kill(fault.targets());
      case CUT_DATABASE_CONNECTIONS -> DatabaseConnections.cut(target.system().database(only()));
      case FILL_DISK -> {
        target.process(only()).expectEnd();
        limitFileSize(target.process(only()), "0:");
      }
      case END -> target.process(only()).expectEnd();
      case HANG, NOTHING -> {}
    }
  }

  /**
   * Repairs what it broke, once the thread at the point goes on. When this returns, everything
   * works again.
   *
   * @throws CrashException if the fault had no effect
   */
  void repair() throws InterruptedException {
    switch (fault.kind()) {
      case KILL -> {
        awaitEnd();
        target.restart(fault.targets());
      }
      case LOSE_REQUESTS -> endLoss(Direction.REQUESTS);
      case LOSE_ANSWERS -> endLoss(Direction.ANSWERS);
      case SILENCE_BETWEEN, SILENCE_FROM, DELAY_BETWEEN, DELAY_FROM -> {
        awaitEnd();
        treat(Treatment.FORWARD);
        requireDisturbance();
      }
      case VANISH -> {
        awaitEnd();
        target.reappear(fault.targets());
      }
      case PAUSE -> {
        awaitEnd();
        fault.targets().forEach(name -> target.process(name).resume());
      }
      case TURN_CLOCK_BACK -> {
        awaitEnd();
        target.clock(only()).setBehind(Duration.ZERO);
      }
      case SET_CLOCK_BACK -> {
        StoredTimes.move(target.system().database(only()), fault.time());
        target.restart(fault.targets());
      }
      case LOSE_STORE -> target.restartEmpty(only());
      case FILL_DISK -> emptyDisk(only());
      case END -> awaitEndOf(only());
      case CUT_DATABASE_CONNECTIONS, HANG, NOTHING -> {}
    }
  }

  /**
   * Waits until the fault is over. Of one that is too long, only the longest timer of the protocol
   * is waited for, and all stored times are moved back first, so that what expires has done so.
   */
  private void awaitEnd() throws InterruptedException {
    if (!fault.isTooLongToWaitFor()) {
      Thread.sleep(fault.time().toMillis());
      return;
    }
    for (JdbcAccess database : target.databases()) {
      StoredTimes.move(database, fault.time().negated());
    }
    Thread.sleep(target.system().description().longestTimer().toMillis());
  }

  /** Of what one of the two sends to the other, and, if it is said to be so, the other way too. */
  private void treat(Treatment treatment) {
    String one = fault.targets().get(0);
    String other = fault.targets().get(1);
    target.network().treat(one, other, treatment);
    if (fault.kind() == Kind.SILENCE_BETWEEN || fault.kind() == Kind.DELAY_BETWEEN) {
      target.network().treat(other, one, treatment);
    }
  }

  private void endLoss(Direction direction) throws InterruptedException {
    Thread.sleep(LOSS.toMillis());
    target.network().treatCalls(only(), direction, Treatment.FORWARD);
    requireDisturbance();
  }

  private void requireDisturbance() {
    if (target.network().disturbed() == disturbedBefore) {
      throw new CrashException("nothing was sent that could be lost");
    }
  }

  private String only() {
    return fault.targets().get(0);
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

  private void awaitEndOf(String name) throws InterruptedException {
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
