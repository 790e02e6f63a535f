package org.ticketing.experiments.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ticketing.experiments.compare.Cost.Kind;
import org.ticketing.experiments.compare.Cost.OfProcess;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.server.Server;
import org.ticketing.stack.system.TicketingSystem;

/**
 * Reads the processor time of a system's processes and of the servers it needs. Servers that run
 * elsewhere are left out, and those in containers whose time is unknown.
 */
final class Meter {

  private record Measured(String name, Kind kind, StackProcess process) {}

  private final List<Measured> measured = new ArrayList<>();

  Meter(LocalStack stack, TicketingSystem system) {
    for (String name : system.description().processNames()) {
      measured.add(new Measured(name, Kind.SERVICE, system.process(name)));
    }
    for (Server server : stack.servers()) {
      if (system.description().allServers().contains(server.name())) {
        Kind kind = server.kind() == Server.Kind.DATABASE ? Kind.DATABASE : Kind.COORDINATOR;
        server
            .processIfHere()
            .filter(process -> process.processorTime().isPresent())
            .ifPresent(process -> measured.add(new Measured(process.name(), kind, process)));
      }
    }
  }

  /**
   * What a process took since it began.
   *
   * @param compilers the part of it that the compilers of its JVM took; null if unknown
   */
  private record Taken(Duration all, Duration compilers) {}

  /** What each process took until then, by its name. */
  record Reading(Map<String, Taken> processes) {}

  Reading read() {
    Map<String, Taken> processes = new LinkedHashMap<>();
    measured.forEach(
        one ->
            processes.put(
                one.name(),
                new Taken(
                    one.process().processorTime().orElse(Duration.ZERO),
                    one.process().compilerTime().orElse(null))));
    return new Reading(processes);
  }

  /**
   * @param before the payments were made
   * @param made once they were, before anything followed
   * @param followed once everything had followed
   */
  Cost cost(int payments, Reading before, Reading made, Reading followed) {
    return new Cost(
        payments,
        measured.stream()
            .map(
                one -> {
                  Taken first = before.processes().get(one.name());
                  Taken then = made.processes().get(one.name());
                  Taken last = followed.processes().get(one.name());
                  return new OfProcess(
                      one.name(),
                      one.kind(),
                      millis(first.all(), then.all()) / payments,
                      millis(then.all(), last.all()) / payments,
                      first.compilers() == null || last.compilers() == null
                          ? null
                          : Double.valueOf(millis(first.compilers(), last.compilers()) / payments));
                })
            .toList());
  }

  private static double millis(Duration from, Duration to) {
    return to.minus(from).toNanos() / 1e6;
  }
}
