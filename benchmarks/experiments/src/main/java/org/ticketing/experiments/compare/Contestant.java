package org.ticketing.experiments.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.ticketing.experiments.compare.Judge.Span;
import org.ticketing.experiments.compare.PlannedSweep.PlannedStep;
import org.ticketing.experiments.compare.Results.Part;
import org.ticketing.experiments.compare.Results.Round;
import org.ticketing.experiments.compare.Results.Settings;
import org.ticketing.experiments.counts.AccessLogs;
import org.ticketing.experiments.counts.FollowUps;
import org.ticketing.experiments.counts.FollowUps.Suspension;
import org.ticketing.experiments.load.FixedRate;
import org.ticketing.experiments.load.LoadFigures;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.platform.ObservabilityApi.State;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.workload.Answer;
import org.ticketing.workload.AtOnce;
import org.ticketing.workload.BoxOffice;
import org.ticketing.workload.ClosedLoop;
import org.ticketing.workload.Connections;
import org.ticketing.workload.Departing;
import org.ticketing.workload.Departures;
import org.ticketing.workload.PaymentClient;
import org.ticketing.workload.PaymentWay;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.PublicApis;
import org.ticketing.workload.Readers;
import org.ticketing.workload.Tally;
import org.ticketing.workload.Upheaval;
import org.ticketing.workload.UserLookups;
import org.ticketing.workload.Workload;
import org.ticketing.workload.Workload.Mix;
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

  /** Sent after a pause, to warm caches and connections. */
  private static final int PAYMENTS_AFTER_PAUSE = 20;

  /**
   * In a round that only warms up, and where processor time is what is compared: at least so many.
   */
  private static final int MANY_PAYMENTS = 1000;

  /** Whose calls are counted. */
  private static final Workload COUNTED = new Workload(50, 1, new Mix(0, 0, 0, 0, 1));

  private static final long MILLIS_TO_LOG = 200;

  private static final int UNCOUNTED_LOOKUPS = 5000;
  private static final int COUNTED_LOOKUPS = 2000;

  private final TicketingSystem system;
  private final Settings settings;
  private final Meter meter;
  private final PaymentWay way;
  private final PublicApis operator;
  private final Pause pause;
  private final FollowUps followUps;
  private final History history;
  private final BoxOffice boxOffice;
  private final Judge judge;
  private final Readers readers;
  private final Readers noReaders;
  private final List<Played> played = new ArrayList<>();
  private final List<Double> toldMillis = new ArrayList<>();
  private WarmUp warmUp;
  private double capacity;

  /**
   * Registers its customers.
   *
   * @param customers the workload that needs the most of them
   * @param way in which they ask for payments
   */
  Contestant(
      TicketingSystem system, Meter meter, Settings settings, Workload customers, PaymentWay way)
      throws InterruptedException {
    this.system = system;
    this.settings = settings;
    this.meter = meter;
    this.way = way;
    this.pause = new Pause(system);
    this.followUps = new FollowUps(system.database("payment"));
    this.history = new History(system.name());
    PublicApis visitor = PublicApis.at(system::url, Connections.ofApis());
    this.operator = visitor.as(SystemKeys.OPERATOR, system.keys().operatorPassword());
    this.boxOffice = BoxOffice.open(visitor, operator, customers, history);
    this.judge = new Judge(system, history, boxOffice);
    this.readers = Readers.start(history, settings.readers());
    this.noReaders = Readers.start(history, 0);
  }

  /** A part of a round, and when it was. */
  private record Played(int number, Part part, Tally tally, Cost cost, Span time) {}

  /** A load at a fixed rate, and when it was. */
  record Loaded(LoadFigures figures, Span time) {}

  SystemDescription system() {
    return system.description();
  }

  String name() {
    return system.name();
  }

  /** Of its processes. */
  List<String> urls() {
    return system.processes().stream().map(StackProcess::url).toList();
  }

  Pause pause() {
    return pause;
  }

  /** Switches on or off that its processes observe what they do. */
  void observe(boolean on) {
    for (String process : system.description().processNames()) {
      operator.observability(process).change(new State(on));
    }
  }

  /** How many rows its payment process has in the log of transactions. */
  long logged() throws SQLException {
    try (Connection connection = system.database("payment").connectToRead();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM platform.transaction_log")) {
      count.next();
      return count.getLong(1);
    }
  }

  /** Plays rounds until the system is warm, or the limit of the settings is reached. */
  void warmUp() throws InterruptedException, SQLException {
    long began = System.nanoTime();
    long deadline = began + TimeUnit.SECONDS.toNanos(settings.mostWarmUpSeconds());
    if (settings.latency()) {
      Workload large = largeOfAllClients();
      for (int number = 1; asked() < WarmUp.FIRST && System.nanoTime() < deadline; number++) {
        play(number, Part.WARM_UP, "first", large, noReaders);
      }
    }
    List<Long> p50s = new ArrayList<>();
    List<Double> throughputs = new ArrayList<>();
    do {
      int number = throughputs.size() + 1;
      if (settings.latency()) {
        p50s.add(
            play(number, Part.WARM_UP, "one client", forOneClient(), noReaders)
                .latency()
                .p50Micros());
      }
      throughputs.add(
          play(number, Part.WARM_UP, "all clients", settings.workload(), readers).throughput());
    } while (!WarmUp.isFlat(p50s)
        && throughputs.size() < settings.mostWarmUpRounds()
        && System.nanoTime() < deadline);
    warmUp = new WarmUp(asked(), (System.nanoTime() - began) / 1e9, WarmUp.isFlat(p50s), p50s);
    capacity =
        Ratio.median(
            WarmUp.lastOf(throughputs).stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * Goes on with the warm-up until the compilers of the JVMs have nearly come to an end.
   *
   * @param beforeEach is given the number of every round before it
   */
  void runIn(IntConsumer beforeEach) throws InterruptedException, SQLException {
    long began = System.nanoTime();
    Workload large = largeOfAllClients();
    int payments = warmUp.payments();
    for (int number = 1; payments < WarmUp.COMPILED; number++) {
      beforeEach.accept(number);
      payments += play(number, Part.WARM_UP, "run-in", large, noReaders).asked();
    }
    warmUp =
        new WarmUp(
            payments,
            warmUp.seconds() + (System.nanoTime() - began) / 1e9,
            warmUp.flat(),
            warmUp.p50Micros());
  }

  private int asked() {
    return played.stream().map(Played::tally).mapToInt(Tally::asked).sum();
  }

  private Workload largeOfAllClients() {
    return withManyPayments(settings.workload().withoutRivals());
  }

  WarmUp warmedUp() {
    return warmUp;
  }

  boolean isWarm() {
    return warmUp.flat();
  }

  /** Completed payments a second of all clients at the end of the warm-up. */
  double capacity() {
    return capacity;
  }

  /** Plays a round with all its parts, after some payments that are not measured. */
  void measure(int number) throws InterruptedException, SQLException {
    measure(number, forOneClient());
  }

  /** The same, with the processor time of more payments. */
  void measureProcessorTime(int number) throws InterruptedException, SQLException {
    measure(number, settings.latency() ? withManyPayments(forOneClient()) : forOneClient());
  }

  private static Workload withManyPayments(Workload workload) {
    return workload.withPayments(Math.max(MANY_PAYMENTS, workload.payments()));
  }

  private void measure(int number, Workload accounted) throws InterruptedException, SQLException {
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
    account(number, accounted);
  }

  /** Plays a round that is in no figure, while its schedule is cancelled and customers withdraw. */
  void upheave(int number) throws InterruptedException, SQLException {
    Upheaval upheaval = boxOffice.prepareUpheaval("upheaval " + number, settings.workload());
    beside(
        upheaval.payments(),
        () -> {
          upheaval.happen();
          return null;
        });
  }

  /** Plays a round that is in no figure, while customers withdraw and go on trying to pay. */
  Departures depart(int number) throws InterruptedException, SQLException {
    String name = "departures " + number;
    Departing departing = boxOffice.prepareDeparting(name);
    List<PlannedPayment> payments = boxOffice.prepare(name, settings.workload());
    try (PaymentClient client = new PaymentClient(system.url("payment"), history, way)) {
      return beside(payments, () -> departing.happen(client));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Has all clients send these payments, and something else happen meanwhile. */
  private <T> T beside(List<PlannedPayment> payments, Callable<T> happening)
      throws InterruptedException, SQLException {
    List<Callable<T>> both =
        List.of(
            () -> {
              send(payments, settings.workload(), noReaders);
              return null;
            },
            happening);
    try {
      T happened = AtOnce.run(both).get(1);
      followUps.awaitDone(FOLLOW_UPS);
      return happened;
    } catch (ExecutionException failure) {
      throw AtOnce.thrownBy(failure);
    }
  }

  /**
   * Counts the calls between processes for a payment of one client that completes, and for what
   * follows it.
   *
   * @param logs in which the processes write their requests
   */
  double callsOfAPayment(int number, AccessLogs logs) throws InterruptedException, SQLException {
    List<PlannedPayment> payments = boxOffice.prepare("counted " + number, COUNTED);
    try {
      long before = logged(logs);
      send(payments, COUNTED, noReaders);
      followUps.awaitDone(FOLLOW_UPS);
      return (double) (logged(logs) - before) / payments.size();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A process logs a request after it has answered it. */
  private long logged(AccessLogs logs) throws InterruptedException, IOException {
    TimeUnit.MILLISECONDS.sleep(MILLIS_TO_LOG);
    return logs.calls(system);
  }

  /** Until partners and queue had been told of all payments of an accounting part, for each. */
  List<Double> toldMillis() {
    return List.copyOf(toldMillis);
  }

  /** Puts the load of a step on it, after some that is not measured. */
  Loaded load(String name, PlannedStep step) throws InterruptedException, SQLException {
    FixedRate load = new FixedRate(step.load());
    List<PlannedPayment> payments = boxOffice.prepare(name, load.workload());
    long from = history.now();
    try (PaymentClient client = new PaymentClient(system.url("payment"), history, way);
        Readers watching = Readers.start(history, step.readers())) {
      LoadFigures figures = load.send(payments, payment -> pay(client, payment, watching));
      watching.finish(AFTERWARDS);
      return new Loaded(figures, new Span(from, history.now()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      followUps.awaitDone(FOLLOW_UPS);
    }
  }

  private static Answer pay(PaymentClient client, PlannedPayment payment, Readers watching) {
    watching.follow(payment);
    Answer answer = client.pay(payment, UUID.randomUUID().toString());
    watching.answered(payment, answer);
    return answer;
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
    played.add(new Played(number, part, tally, null, new Span(from, history.now())));
    followUps.awaitDone(FOLLOW_UPS);
    return tally;
  }

  private void account(int number, Workload accounted) throws InterruptedException, SQLException {
    List<PlannedPayment> payments = prepare(number, Part.ACCOUNTING, "accounting", accounted);
    long from = history.now();
    Tally tally;
    Meter.Reading before;
    Meter.Reading made;
    try (Suspension suspended = followUps.suspend()) {
      before = meter.read();
      tally = send(payments, accounted, noReaders);
      made = meter.read();
    }
    long resumed = System.nanoTime();
    followUps.awaitDone(FOLLOW_UPS);
    toldMillis.add((System.nanoTime() - resumed) / 1e6);
    Cost cost = meter.cost(payments.size(), before, made, meter.read());
    played.add(new Played(number, Part.ACCOUNTING, tally, cost, new Span(from, history.now())));
  }

  private List<PlannedPayment> prepare(int number, Part part, String name, Workload workload)
      throws InterruptedException {
    return boxOffice.prepare("%s %d, %s".formatted(part, number, name), workload);
  }

  private Tally send(List<PlannedPayment> payments, Workload workload, Readers readers)
      throws InterruptedException {
    return ClosedLoop.send(
        system.url("payment"), payments, workload.clients(), history, readers, way);
  }

  Judge judge() {
    return judge;
  }

  /** To be called after the audit. */
  List<Round> rounds() {
    List<Sightings> seen = judge.seenDuring(played.stream().map(Played::time).toList());
    List<Round> rounds = new ArrayList<>();
    for (Played one : played) {
      rounds.add(
          new Round(one.number(), one.part(), one.tally(), one.cost(), seen.get(rounds.size())));
    }
    return rounds;
  }

  @Override
  public void close() {
    readers.close();
    noReaders.close();
  }
}
