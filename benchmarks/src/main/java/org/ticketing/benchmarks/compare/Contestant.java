package org.ticketing.benchmarks.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ticketing.benchmarks.audit.Audit;
import org.ticketing.benchmarks.audit.AuditReport;
import org.ticketing.benchmarks.audit.SystemDatabases;
import org.ticketing.benchmarks.compare.Results.Round;
import org.ticketing.benchmarks.history.History;
import org.ticketing.benchmarks.load.BoxOffice;
import org.ticketing.benchmarks.load.ClosedLoop;
import org.ticketing.benchmarks.load.Connections;
import org.ticketing.benchmarks.load.PlannedPayment;
import org.ticketing.benchmarks.load.Readers;
import org.ticketing.benchmarks.load.Workload;
import org.ticketing.client.PublicApis;
import org.ticketing.stack.SystemKeys;
import org.ticketing.stack.TicketingSystem;
import org.ticketing.stack.Variant;

/** One of the systems while it is compared: running, with its buyers, and its rounds so far. */
final class Contestant {

  private final TicketingSystem system;
  private final Workload workload;
  private final History history;
  private final BoxOffice boxOffice;
  private final Readers readers;
  private final List<Round> rounds = new ArrayList<>();

  private Contestant(TicketingSystem system, Workload workload) throws InterruptedException {
    this.system = system;
    this.workload = workload;
    PublicApis visitor = PublicApis.at(system::url, Connections.ofApis());
    PublicApis operator = visitor.as(SystemKeys.OPERATOR, system.keys().operatorPassword());
    this.history = new History(system.variant().id());
    this.boxOffice = BoxOffice.open(visitor, operator, workload, history);
    this.readers = Readers.start(history, 0);
  }

  static Contestant enter(TicketingSystem system, Workload workload) throws InterruptedException {
    return new Contestant(system, workload);
  }

  Variant variant() {
    return system.variant();
  }

  List<Round> rounds() {
    return rounds;
  }

  /** The measured ones. */
  List<Round> measured() {
    return rounds.stream().filter(round -> !round.warmup()).toList();
  }

  Round play(int number, boolean warmup) throws InterruptedException {
    List<PlannedPayment> payments = boxOffice.prepare(number);
    Round round =
        new Round(
            number,
            warmup,
            ClosedLoop.send(system.url("payment"), payments, workload.clients(), history, readers));
    rounds.add(round);
    return round;
  }

  AuditReport audit(Duration patience) throws InterruptedException {
    return new Audit(SystemDatabases.of(system)).afterSettling(patience);
  }

  /** Without a coordinator, every late refusal leaves its points used. */
  long expectedViolations() {
    return variant() == Variant.UNCOORDINATED ? (long) workload.latePayments() * rounds.size() : 0;
  }
}
