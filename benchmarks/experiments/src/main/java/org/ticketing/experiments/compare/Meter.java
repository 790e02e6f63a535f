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
        Kind kind = server.kind() == Server.Kind.COORDINATOR ? Kind.COORDINATOR : Kind.DATABASE;
        server
            .processIfHere()
            .filter(process -> process.processorTime().isPresent())
            .ifPresent(process -> measured.add(new Measured(process.name(), kind, process)));
      }
    }
  }

  /** Since each process began, by name. */
  Map<String, Duration> read() {
    Map<String, Duration> times = new LinkedHashMap<>();
    measured.forEach(
        one -> times.put(one.name(), one.process().processorTime().orElse(Duration.ZERO)));
    return times;
  }

  /**
   * @param before the payments were made
   * @param made once they were, before anything followed
   * @param followed once everything had followed
   */
  Cost cost(
      int payments,
      Map<String, Duration> before,
      Map<String, Duration> made,
      Map<String, Duration> followed) {
    return new Cost(
        payments,
        measured.stream()
            .map(
                one ->
                    new OfProcess(
                        one.name(),
                        one.kind(),
                        millis(before, made, one.name()) / payments,
                        millis(made, followed, one.name()) / payments))
            .toList());
  }

  private static double millis(
      Map<String, Duration> from, Map<String, Duration> to, String process) {
    return to.get(process).minus(from.get(process)).toMillis();
  }
}
