package org.ticketing.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ticketing.benchmarks.audit.Audit;
import org.ticketing.benchmarks.audit.AuditReport;
import org.ticketing.benchmarks.audit.SystemDatabases;
import org.ticketing.benchmarks.compare.Results.Round;
import org.ticketing.benchmarks.compare.Results.Settings;
import org.ticketing.benchmarks.history.FalseRefusals;
import org.ticketing.benchmarks.history.FracturedReads;
import org.ticketing.benchmarks.history.History;
import org.ticketing.benchmarks.load.BoxOffice;
import org.ticketing.benchmarks.load.ClosedLoop;
import org.ticketing.benchmarks.load.Connections;
import org.ticketing.benchmarks.load.PlannedPayment;
import org.ticketing.benchmarks.load.Readers;
import org.ticketing.benchmarks.load.Tally;
import org.ticketing.client.PublicApis;
import org.ticketing.stack.SystemKeys;
import org.ticketing.stack.TicketingSystem;
import org.ticketing.stack.Variant;

/**
 * One of the systems while it is compared: running, with its buyers, its readers, and what they
 * have seen so far.
 */
final class Contestant implements AutoCloseable {

  /** For what a payment leaves behind once it is answered. Whatever lasts longer, lasts. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);

  private final TicketingSystem system;
  private final Settings settings;
  private final History history;
  private final BoxOffice boxOffice;
  private final Readers readers;
  private final List<Played> played = new ArrayList<>();

  private Contestant(TicketingSystem system, Settings settings) throws InterruptedException {
    this.system = system;
    this.settings = settings;
    this.history = new History(system.variant().id());
    PublicApis visitor = PublicApis.at(system::url, Connections.ofApis());
    PublicApis operator = visitor.as(SystemKeys.OPERATOR, system.keys().operatorPassword());
    this.boxOffice = BoxOffice.open(visitor, operator, settings.workload(), history);
    this.readers = Readers.start(history, settings.readers());
  }

  static Contestant enter(TicketingSystem system, Settings settings) throws InterruptedException {
    return new Contestant(system, settings);
  }

  /** A round, and when it was, on the clock of the history. */
  private record Played(int number, boolean warmup, Tally tally, long from, long to) {}

  Variant variant() {
    return system.variant();
  }

  void play(int number, boolean warmup) throws InterruptedException {
    List<PlannedPayment> payments = boxOffice.prepare(number);
    long from = history.now();
    Tally tally =
        ClosedLoop.send(
            system.url("payment"), payments, settings.workload().clients(), history, readers);
    readers.finish(AFTERWARDS);
    played.add(new Played(number, warmup, tally, from, history.now()));
  }

  /**
   * Also asks the system for its own list of payments, so that the history tells whose is which.
   */
  AuditReport audit(Duration patience) throws InterruptedException {
    AuditReport report = new Audit(SystemDatabases.of(system)).afterSettling(patience);
    boxOffice.listPayments();
    return report;
  }

  /** To be asked after the audit. */
  List<Round> rounds() {
    FalseRefusals refusals = FalseRefusals.in(history);
    return played.stream()
        .map(
            one ->
                new Round(
                    one.number(),
                    one.warmup(),
                    one.tally(),
                    Sightings.of(
                        FracturedReads.in(history.during(one.from(), one.to())),
                        refusals.countDuring(one.from(), one.to()))))
        .toList();
  }

  /** Of all rounds. To be asked after the audit. */
  Sightings seen() {
    return Sightings.of(FracturedReads.in(history), FalseRefusals.in(history).count());
  }

  void writeHistory(Path directory) throws IOException {
    history.writeTo(directory.resolve("history-" + variant().id() + ".jsonl"));
  }

  /**
   * Without a coordinator, a late refusal leaves its points used. Of two rivals either the late one
   * gets the points, and loses them, or the other gets them, and the late one is refused for lack
   * of points: that is decided when they are sent.
   */
  long expectedViolations() {
    return variant() == Variant.UNCOORDINATED
        ? played.stream().map(Played::tally).mapToLong(Tally::lateRefusals).sum()
        : 0;
  }

  @Override
  public void close() {
    readers.close();
  }
}
