package org.ticketing.experiments.crash;

import java.util.List;
import java.util.stream.Stream;
import org.ticketing.stack.server.Servers;
import org.ticketing.stack.system.SystemDescription;

/** Checks that a system has the processes and servers that a cell names. */
final class CellCheck {

  private final SystemDescription system;
  private final Fault fault;

  private CellCheck(SystemDescription system, Fault fault) {
    this.system = system;
    this.fault = fault;
  }

  /**
   * @throws IllegalArgumentException if the fault cannot be injected there
   */
  static void require(Cell cell) {
    CellCheck check = new CellCheck(cell.system(), cell.fault());
    check.requireAll(
        List.of(cell.place()),
        all(cell.system().processNames(), cell.system().servers()),
        "Java process");
    check.requireTargets();
  }

  private void requireTargets() {
    List<String> targets = fault.targets();
    if (isOfNetwork()) {
      requireNoBroker(targets);
    }
    switch (fault.kind()) {
      case LOSE_REQUESTS, LOSE_ANSWERS ->
          requireAll(
              targets, all(system.participants(), coordinators()), "participant or coordinator");
      case SILENCE_BETWEEN, SILENCE_FROM, DELAY_BETWEEN, DELAY_FROM ->
          requireConnection(targets.get(0), targets.get(1));
      case CUT_DATABASE_CONNECTIONS, SET_CLOCK_BACK ->
          requireAll(targets, system.processNames(), "process with a database");
      case TURN_CLOCK_BACK ->
          requireAll(targets, all(system.processNames(), system.servers()), "Java process");
      case LOSE_STORE -> requireAll(targets, coordinators(), "coordinator with a store");
      case KILL, VANISH, PAUSE -> {
        requireAll(targets, TargetSystem.killable(system), "process or server");
        requireReachableDatabases();
      }
      default -> requireAll(targets, TargetSystem.killable(system), "process or server");
    }
  }

  private boolean isOfNetwork() {
    return switch (fault.kind()) {
      case LOSE_REQUESTS,
          LOSE_ANSWERS,
          SILENCE_BETWEEN,
          SILENCE_FROM,
          DELAY_BETWEEN,
          DELAY_FROM,
          VANISH ->
          true;
      default -> false;
    };
  }

  private List<String> coordinators() {
    return system.servers().stream().filter(Servers::isCoordinator).toList();
  }

  /** Its clients connect to the address that it tells them, and not to a relay of this network. */
  private void requireNoBroker(List<String> names) {
    for (String name : names) {
      if (system.servers().contains(name) && !Servers.isCoordinator(name)) {
        throw new IllegalArgumentException(
            "\"%s\" cannot be injected: %s is a broker, which can be killed and paused"
                .formatted(fault, name));
      }
    }
  }

  private void requireAll(List<String> names, List<String> known, String what) {
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "%s is no %s of %s; there are: %s"
                .formatted(name, what, system.name(), String.join(", ", known)));
      }
    }
  }

  private void requireConnection(String one, String other) {
    requireAll(
        List.of(one, other),
        all(TargetSystem.killable(system), List.of(Network.CLIENT, Network.EVERYBODY)),
        "process, server, client or everybody");
    if (!Network.connects(system, one, other)) {
      throw new IllegalArgumentException(
          "%s and %s send nothing to each other in %s".formatted(one, other, system.name()));
    }
  }

  /** The times that they store are moved while the fault lasts. */
  private void requireReachableDatabases() {
    List<String> databases =
        system.processes().stream().map(process -> process.database()).toList();
    if (fault.isTooLongToWaitFor() && fault.targets().stream().anyMatch(databases::contains)) {
      throw new IllegalArgumentException(
          "\"%s\" is too long for a database, whose stored times could not be moved meanwhile"
              .formatted(fault));
    }
  }

  private static List<String> all(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
