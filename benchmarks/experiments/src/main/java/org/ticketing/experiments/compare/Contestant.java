package org.ticketing.experiments.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ticketing.experiments.compare.Results.Part;
import org.ticketing.experiments.compare.Results.Round;
import org.ticketing.experiments.compare.Results.Settings;
import org.ticketing.experiments.counts.FollowUps;
import org.ticketing.experiments.counts.FollowUps.Suspension;
import org.ticketing.experiments.report.Judgement;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.verification.FalseRefusals;
import org.ticketing.verification.FracturedReads;
import org.ticketing.workload.BoxOffice;
import org.ticketing.workload.ClosedLoop;
import org.ticketing.workload.Connections;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.PublicApis;
import org.ticketing.workload.Readers;
import org.ticketing.workload.Tally;
import org.ticketing.workload.UserLookups;
import org.ticketing.workload.Workload;
import org.ticketing.workload.history.History;

/**
 * A system while it is compared: running or paused, with its customers, its readers, and what they
 * have seen so far.
 */
final class Contestant implements AutoCloseable {

  /** How long readers go on after the last answer of a part. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);

  /** How long what follows the payments of a part may take. */
  private static final Duration FOLLOW_UPS = Duration.ofSeconds(60);

  /** After a pause: timers that ran out meanwhile close connections that were idle for too long. */
  private static final Duration BREATH = Duration.ofSeconds(1);

  /** Sent after a pause, to warm caches and connections. */
  private static final int PAYMENTS_AFTER_PAUSE = 20;

  private static final int UNCOUNTED_LOOKUPS = 5000;
  private static final int COUNTED_LOOKUPS = 2000;

  private final TicketingSystem system;
  private final Settings settings;
  private final Meter meter;
  private final FollowUps followUps;
  private final History history;
  private final BoxOffice boxOffice;
  private final Readers readers;
  private final Readers noReaders;
  private final List<Played> played = new ArrayList<>();
  private boolean paused;
  private WarmUp warmUp;

  Contestant(TicketingSystem system, Meter meter, Settings settings) throws InterruptedException {
    this.system = system;
    this.settings = settings;
    this.meter = meter;
    this.followUps = new FollowUps(system.database("payment"));
    this.history = new History(system.name());
    PublicApis visitor = PublicApis.at(system::url, Connections.ofApis());
    PublicApis operator = visitor.as(SystemKeys.OPERATOR, system.keys().operatorPassword());
    this.boxOffice = BoxOffice.open(visitor, operator, settings.workload(), history);
    this.readers = Readers.start(history, settings.readers());
    this.noReaders = Readers.start(history, 0);
  }

  /** A part of a round, and when it was, on the clock of the history. */
  private record Played(int number, Part part, Tally tally, Cost cost, long from, long to) {}

  SystemDescription system() {
    return system.description();
  }

  /** Stops its processes where they are. Idempotent. */
  void pause() {
    system.pause();
    paused = true;
  }

  /** Lets its processes go on. Idempotent. */
  void resume() throws InterruptedException {
    if (paused) {
      system.resume();
      paused = false;
      TimeUnit.NANOSECONDS.sleep(BREATH.toNanos());
    }
  }

  /** Plays rounds until the system is warm, or the limit of the settings is reached. */
  void warmUp() throws InterruptedException, SQLException {
    long began = System.nanoTime();
    long deadline = began + TimeUnit.SECONDS.toNanos(settings.mostWarmUpSeconds());
    List<Long> p50s = new ArrayList<>();
    int number = 0;
    do {
      number++;
      if (settings.latency()) {
        p50s.add(
            play(number, Part.WARM_UP, "one client", forOneClient(), noReaders)
                .latency()
                .p50Micros());
      }
      play(number, Part.WARM_UP, "all clients", settings.workload(), readers);
    } while (!WarmUp.isFlat(p50s)
        && number < settings.mostWarmUpRounds()
        && System.nanoTime() < deadline);
    warmUp =
        new WarmUp(
            played.stream().map(Played::tally).mapToInt(Tally::asked).sum(),
            (System.nanoTime() - began) / 1e9,
            WarmUp.isFlat(p50s),
            p50s);
  }

  WarmUp warmedUp() {
    return warmUp;
  }

  /** Plays a round with all its parts, after some payments that are not measured. */
  void measure(int number) throws InterruptedException, SQLException {
    play(
        number,
        Part.WARM_UP,
        "after a pause",
        forOneClient().withPayments(PAYMENTS_AFTER_PAUSE),
        noReaders);
    if (settings.latency()) {
      play(number, Part.LATENCY, "latency", forOneClient(), noReaders);
    }
    play(number, Part.CAPACITY, "capacity", settings.workload(), readers);
    account(number);
  }

  /** To be called right after a round, while the system is warm and alone on the machine. */
  long lookupP50Micros() throws IOException {
    return UserLookups.p50Micros(
        system.url("user"), boxOffice.anyCustomer(), UNCOUNTED_LOOKUPS, COUNTED_LOOKUPS);
  }

  private Workload forOneClient() {
    return settings.workload().forOneClient();
  }

  private Tally play(int number, Part part, String name, Workload workload, Readers readers)
      throws InterruptedException, SQLException {
    List<PlannedPayment> payments = prepare(number, part, name, workload);
    long from = history.now();
    Tally tally = send(payments, workload, readers);
    readers.finish(AFTERWARDS);
    played.add(new Played(number, part, tally, null, from, history.now()));
    followUps.awaitDone(FOLLOW_UPS);
    return tally;
  }

  private void account(int number) throws InterruptedException, SQLException {
    List<PlannedPayment> payments = prepare(number, Part.ACCOUNTING, "accounting", forOneClient());
    long from = history.now();
    Tally tally;
    Map<String, Duration> before;
    Map<String, Duration> made;
    try (Suspension suspended = followUps.suspend()) {
      before = meter.read();
      tally = send(payments, forOneClient(), noReaders);
      made = meter.read();
    }
    followUps.awaitDone(FOLLOW_UPS);
    Cost cost = meter.cost(payments.size(), before, made, meter.read());
    played.add(new Played(number, Part.ACCOUNTING, tally, cost, from, history.now()));
  }

  private List<PlannedPayment> prepare(int number, Part part, String name, Workload workload)
      throws InterruptedException {
    return boxOffice.prepare("%s %d, %s".formatted(part, number, name), workload);
  }

  private Tally send(List<PlannedPayment> payments, Workload workload, Readers readers)
      throws InterruptedException {
    return ClosedLoop.send(system.url("payment"), payments, workload.clients(), history, readers);
  }

  /**
   * Judges what the databases hold, and records the system's own list of payments, which tells the
   * judges of the history which payment belonged to which reservation.
   */
  Judgement judge() throws InterruptedException {
    Judgement judgement = Judgement.on(system, history);
    boxOffice.listPayments();
    return judgement;
  }

  /** To be called after {@link #judge}. */
  List<Round> rounds() {
    FalseRefusals refusals = FalseRefusals.in(history);
    return played.stream()
        .map(
            one ->
                new Round(
                    one.number(),
                    one.part(),
                    one.tally(),
                    one.cost(),
                    new Sightings(
                        FracturedReads.in(history.during(one.from(), one.to())),
                        refusals.countDuring(one.from(), one.to()))))
        .toList();
  }

  /** What was seen in all rounds. To be called after {@link #judge}. */
  Sightings seen() {
    return new Sightings(FracturedReads.in(history), FalseRefusals.in(history).count());
  }

  void writeHistory(Path directory) throws IOException {
    history.writeTo(directory.resolve("history-" + system.name() + ".jsonl"));
  }

  @Override
  public void close() {
    readers.close();
    noReaders.close();
  }
}
