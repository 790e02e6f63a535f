package org.ticketing.experiments.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.springframework.web.client.RestClientException;
import org.ticketing.experiments.load.LoadSettings.Sold;
import org.ticketing.experiments.report.ProgressListener;
import org.ticketing.workload.Arrivals;
import org.ticketing.workload.BoxOffice;
import org.ticketing.workload.LoadException;
import org.ticketing.workload.OpenLoop;
import org.ticketing.workload.PaymentClient;
import org.ticketing.workload.PaymentWay;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.history.History;

/** Puts load on one deployment: reserves, warms up, sends, and leaves the files of the run. */
final class LoadRun {

  private static final String LOG = "load.hlog";
  private static final String DISTRIBUTION = "load.hgrm";
  private static final String HISTORY = "history.jsonl";

  private final Deployment deployment;
  private final LoadSettings settings;
  private final PaymentWay way;
  private final Path directory;
  private final ProgressListener progress;
  private final History history;

  /**
   * @param directory where the files are left
   */
  LoadRun(
      Deployment deployment,
      LoadSettings settings,
      PaymentWay way,
      Path directory,
      ProgressListener progress) {
    this.deployment = deployment;
    this.settings = settings;
    this.way = way;
    this.directory = directory;
    this.progress = progress;
    this.history = new History(deployment.name());
  }

  /**
   * @param warmUp what was sent before, uncounted; null without a warm-up
   * @param accepted until counted payments were accepted; null if clients waited for them
   * @param history of both, and of the charges before
   */
  record Sent(
      Reserved reserved,
      LoadFigures warmUp,
      LoadFigures counted,
      Percentiles accepted,
      History history) {}

  /**
   * Sends everything, once.
   *
   * @throws LoadException the load could not be prepared
   */
  Sent send() throws InterruptedException, IOException {
    Arrivals uncounted = settings.uncounted();
    Arrivals counted = settings.counted();
    try (Reservations reservations = reserve(uncounted, counted);
        PaymentClient client =
            new PaymentClient(deployment.urls().apply("payment"), history, way)) {
      LoadFigures warmUp = null;
      if (uncounted.count() > 0) {
        warmUp =
            send("warming up", uncounted, reservations::payment, client, micros -> {}).figures();
      }
      LoadMeter meter;
      try (LatencyLog log = new LatencyLog(directory.resolve(LOG), comment())) {
        meter =
            send(
                "sending",
                counted,
                number -> reservations.payment(uncounted.count() + number),
                client,
                log::add);
      }
      LatencyLog.writeDistribution(directory.resolve(DISTRIBUTION), meter.latency());
      history.writeTo(directory.resolve(HISTORY));
      Percentiles accepted = way == PaymentWay.ASYNCHRONOUS ? meter.accepted() : null;
      return new Sent(reservations.plan(), warmUp, meter.figures(), accepted, history);
    }
  }

  private String comment() {
    return "%s, %s payments a second; latency from when they were due, in milliseconds"
        .formatted(deployment.name(), settings.rate());
  }

  private Reservations reserve(Arrivals uncounted, Arrivals counted) throws InterruptedException {
    int all = uncounted.count() + counted.count();
    Sold sold = settings.sold();
    try {
      progress.accept("registering %d customers".formatted(sold.wallets()));
      BoxOffice boxOffice =
          BoxOffice.open(
              deployment.visitor(),
              deployment.operator(),
              sold.workload(all, sold.late(all, all)),
              history);
      long[] due =
          LongStream.concat(
                  LongStream.of(uncounted.dueNanos()),
                  LongStream.of(counted.dueNanos()).map(time -> settings.warmUp().toNanos() + time))
              .toArray();
      Reservations reservations =
          new Reservations(boxOffice::prepare, sold, due, boxOffice.hold(), progress);
      reservations.begin();
      return reservations;
    } catch (RestClientException failure) {
      throw new LoadException("The load could not be prepared: " + failure.getMessage());
    }
  }

  private LoadMeter send(
      String what,
      Arrivals arrivals,
      IntFunction<Optional<PlannedPayment>> payments,
      PaymentClient client,
      Consumer<Histogram> intervals)
      throws InterruptedException {
    OpenLoop loop = new OpenLoop(arrivals, settings.clients());
    LoadMeter meter = new LoadMeter(arrivals);
    LoadTicks ticks = new LoadTicks(what, settings.rate(), arrivals.duration(), loop, meter);
    ScheduledExecutorService seconds = Executors.newSingleThreadScheduledExecutor();
    progress.step(0, ticks.all(), what);
    seconds.scheduleAtFixedRate(() -> ticks.second(intervals, progress), 1, 1, TimeUnit.SECONDS);
    try {
      loop.send(
          number -> {
            Optional<PlannedPayment> payment = payments.apply(number);
            if (payment.isEmpty()) {
              meter.addWithoutSeat();
            }
            return payment;
          },
          payment -> client.pay(payment, UUID.randomUUID().toString()),
          meter::add);
    } finally {
      seconds.shutdownNow();
      seconds.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }
    intervals.accept(meter.takeInterval());
    progress.step(ticks.all(), ticks.all(), what + ": all that were sent are answered");
    return meter;
  }
}
