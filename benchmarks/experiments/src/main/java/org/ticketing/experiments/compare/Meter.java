package org.ticketing.experiments.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

  private record Measured(String name, Kind kind, StackProcess process) {

    Taken taken() {
      return new Taken(
          process.processorTime().orElse(Duration.ZERO), process.compilerTime().orElse(null));
    }

    OfProcess cost(int payments, Taken before, Taken made, Taken followed) {
      return new OfProcess(
          name,
          kind,
          millis(before.all(), made.all()) / payments,
          millis(made.all(), followed.all()) / payments,
          before.compilers() == null || followed.compilers() == null
              ? null
              : Double.valueOf(millis(before.compilers(), followed.compilers()) / payments));
    }
  }

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

  /** What each process took until then, in the order of the meter. */
  record Reading(List<Taken> processes) {}

  Reading read() {
    return new Reading(measured.stream().map(Measured::taken).toList());
  }

  /**
   * @param before the payments were made
   * @param made once they were, before anything followed
   * @param followed once everything had followed
   */
  Cost cost(int payments, Reading before, Reading made, Reading followed) {
    return new Cost(
        payments,
        IntStream.range(0, measured.size())
            .mapToObj(
                one ->
                    measured
                        .get(one)
                        .cost(
                            payments,
                            before.processes().get(one),
                            made.processes().get(one),
                            followed.processes().get(one)))
            .toList());
  }

  private static double millis(Duration from, Duration to) {
    return to.minus(from).toNanos() / 1e6;
  }
}
