package org.ticketing.experiments.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.ticketing.experiments.crash.Findings;
import org.ticketing.experiments.crash.Findings.Anomalies;
import org.ticketing.experiments.crash.Findings.Answers;
import org.ticketing.experiments.crash.TestBed;
import org.ticketing.experiments.live.View.Progress;
import org.ticketing.experiments.live.View.Result;
import org.ticketing.experiments.live.View.Strike;
import org.ticketing.experiments.live.View.TimeLine;
import org.ticketing.experiments.load.LoadMeter;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.verification.FalseRefusals;
import org.ticketing.verification.FracturedReads;
import org.ticketing.verification.audit.Audit;
import org.ticketing.verification.audit.AuditException;
import org.ticketing.verification.audit.SystemDatabases;
import org.ticketing.workload.Answer;
import org.ticketing.workload.Arrivals;
import org.ticketing.workload.OpenLoop;
import org.ticketing.workload.PaymentClient;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.Readers;
import org.ticketing.workload.Tally;
import org.ticketing.workload.history.History;

/** What one system makes of one order: its payments, and what is seen of them meanwhile. */
final class Performance implements AutoCloseable {

  /** Payments under way at a time at most: for the highest rate, while something is restarted. */
  static final int CLIENTS = 100;

  private static final int READERS = 2;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /** Longer than any system lets a customer wait. */
  private static final Duration LAST_ANSWER = Duration.ofSeconds(60);

  /** What happens last is written down after a while. */
  private static final int SECONDS_TO_LAST_TRACE = 3;

  private static final int SHOWN = 60;
  private static final int SHOWN_TIME_LINES = 3;
  private static final double MICROS_IN_MILLI = 1000;

  private final TestBed bed;
  private final List<PlannedPayment> planned;
  private final Payments payments = new Payments();
  private final TimeLines timeLines;
  private final Arrivals arrivals;
  private final LoadMeter meter;
  private final long began;
  private final PaymentClient client;
  private final Readers readers;
  private final Audit books;
  private final ScheduledExecutorService observers = Executors.newScheduledThreadPool(2);

  private volatile Map<String, Long> inDoubt = Map.of();
  private volatile FracturedReads fractured = FracturedReads.NONE;
  private volatile List<TimeLine> hit = List.of();
  private volatile Strike strike;
  private volatile Result result;

  /** When nothing was looked at any more; null until then. */
  private volatile Long over;

  private Thread sender;
  private boolean stopped;

  /**
   * @param planned a payment for each that is due, whose customers are those of the bed
   */
  Performance(TestBed bed, Order order, List<PlannedPayment> planned, TimeLines timeLines) {
    this.bed = bed;
    this.planned = planned;
    this.timeLines = timeLines;
    this.arrivals = Arrivals.constant(order.rate(), Duration.ofSeconds(order.seconds()));
    this.meter = new LoadMeter(arrivals);
    this.began = bed.history().now();
    this.client = new PaymentClient(bed.target().paymentUrl(), bed.history());
    this.readers = Readers.startUnhurried(bed.history(), READERS, BETWEEN_LOOKS);
    this.books = new Audit(SystemDatabases.of(system()));
  }

  private TicketingSystem system() {
    return bed.target().system();
  }

  /** Sends the payments when they are due, and returns when all that were sent are answered. */
  void send() throws InterruptedException {
    observers.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
    observers.scheduleWithFixedDelay(this::trace, 1, 1, TimeUnit.SECONDS);
    if (begin()) {
      try {
        new OpenLoop(arrivals, CLIENTS)
            .send(number -> Optional.of(planned.get(number)), this::pay, meter::add);
      } catch (InterruptedException end) {
        if (!isStopped()) {
          throw end;
        }
      } finally {
        end();
      }
    }
    payments.awaitAnswers(LAST_ANSWER);
  }

  private synchronized boolean begin() {
    sender = Thread.currentThread();
    return !stopped;
  }

  /** No interrupt comes later, and one that came after the last payment is forgotten. */
  private synchronized void end() {
    sender = null;
    if (stopped) {
      Thread.interrupted();
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  /** Sends no more. */
  synchronized void stopSending() {
    stopped = true;
    if (sender != null) {
      sender.interrupt();
    }
  }

  private Answer pay(PlannedPayment payment) {
    String key = UUID.randomUUID().toString();
    readers.follow(payment);
    payments.sent(key, payment);
    Answer answer = client.pay(payment, key);
    payments.answered(key, answer);
    readers.answered(payment, answer);
    return answer;
  }

  /** Returns when a payment should be half way to its answer. */
  void awaitMiddleOfAPayment() throws InterruptedException {
    payments.awaitNext(Duration.ofSeconds(2));
    TimeUnit.MICROSECONDS.sleep(meter.latency().getValueAtPercentile(50) / 2);
  }

  /** Something of it is killed now. */
  void struck(String target) {
    payments.hit();
    strike = new Strike(target, payments.now(), null);
  }

  /** What was killed is ready again. */
  void restarted() {
    strike = new Strike(strike.target(), strike.at(), payments.now());
  }

  /** Waits until nothing is in doubt any more, and audits. */
  void settle() throws InterruptedException {
    Long cleanAfter = bed.verdict().awaitClean(System.nanoTime(), payments::areAnswered);
    Answers answers = bed.verdict().checkAnswers(payments.untold(), client);
    readers.close();
    bed.boxOffice().listPayments();
    long ended = bed.history().now();
    fractured = FracturedReads.in(bed.history().during(began, ended));
    Findings found =
        bed.verdict()
            .findings(
                cleanAfter,
                answers,
                new Anomalies(
                    fractured, FalseRefusals.in(bed.history()).countDuring(began, ended)));
    look();
    trace();
    observers.schedule(this::trace, SECONDS_TO_LAST_TRACE, TimeUnit.SECONDS);
    result =
        new Result(
            found.cleanAfter(),
            found.audit().violations(),
            found.audit().examples(),
            found.audit().inDoubt(),
            found.anomalies().falseRefusals(),
            found.answers().askedAgain(),
            found.answers().contradictions(),
            found.broken());
  }

  private void look() {
    try {
      inDoubt = books.inDoubt();
    } catch (AuditException noAnswer) {
      inDoubt = null;
    }
    if (result == null) {
      History part = bed.history().during(began, bed.history().now());
      fractured = FracturedReads.in(part);
    }
  }

  private void trace() {
    hit =
        payments.hitKeys(SHOWN_TIME_LINES).stream()
            .map(key -> timeLines.of(key, payments.begin()))
            .toList();
  }

  /** What is shown of it now. */
  View view(String title, String tracker) {
    return new View(
        system().name(), title, tracker, progress(), strike, payments.views(SHOWN), hit, result);
  }

  private Progress progress() {
    Tally.Answers answers = meter.answers();
    Histogram latency = meter.latency();
    return new Progress(
        over == null ? payments.now() : over,
        payments.sent(),
        payments.inFlight(),
        answers.completed(),
        answers.refusedCount(),
        answers.failedCount(),
        answers.unknownCount(),
        millis(latency, 50),
        millis(latency, 99),
        fractured.watched(),
        fractured.fractured(),
        inDoubt);
  }

  private static Double millis(Histogram micros, double percentile) {
    return micros.getTotalCount() == 0
        ? null
        : micros.getValueAtPercentile(percentile) / MICROS_IN_MILLI;
  }

  /** Sends no more, and does not look on regularly. Idempotent. */
  @Override
  public void close() {
    stopSending();
    if (over == null) {
      over = payments.now();
    }
    observers.shutdown();
    readers.close();
    try {
      client.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
