package org.ticketing.experiments.load;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.ticketing.experiments.load.LoadFigures.Late;
import org.ticketing.workload.Arrivals;
import org.ticketing.workload.Request;
import org.ticketing.workload.Tally.Answers;
import org.ticketing.workload.history.Outcome;

/** Counts requests as they are answered. Safe for several threads. */
public final class LoadMeter {

  /**
   * From here on a request counts as late. Clients wake up some tens of microseconds after the time
   * they wait for, which is no lateness; and a payment takes several milliseconds, so that less
   * than this does not change its latency.
   */
  static final Duration LATE = Duration.ofMillis(1);

  private static final int SIGNIFICANT_DIGITS = 3;

  private final Arrivals arrivals;
  private final Histogram latency = histogram();
  private final Histogram service = histogram();
  private final Histogram accepted = histogram();
  private final Map<Outcome, Histogram> latencyByOutcome = new EnumMap<>(Outcome.class);
  private final Map<Outcome, Map<String, Integer>> reasons = new EnumMap<>(Outcome.class);
  private Histogram interval = histogram();
  private int late;
  private int waitedForClient;
  private int withoutSeat;
  private long maxLateNanos;
  private int answeredInTime;

  /**
   * @param arrivals of the requests that will be counted
   */
  public LoadMeter(Arrivals arrivals) {
    this.arrivals = arrivals;
    for (Outcome outcome : Outcome.values()) {
      latencyByOutcome.put(outcome, histogram());
      reasons.put(outcome, new TreeMap<>());
    }
  }

  /** In microseconds, of any size. */
  static Histogram histogram() {
    return new Histogram(SIGNIFICANT_DIGITS);
  }

  public synchronized void add(Request request) {
    long micros = TimeUnit.NANOSECONDS.toMicros(request.latencyNanos());
    Outcome outcome = request.answer().outcome();
    latency.recordValue(micros);
    interval.recordValue(micros);
    latencyByOutcome.get(outcome).recordValue(micros);
    service.recordValue(TimeUnit.NANOSECONDS.toMicros(request.serviceNanos()));
    if (request.answer().wasAccepted()) {
      long nanos = request.lateNanos() + request.answer().acceptedNanos();
      accepted.recordValue(TimeUnit.NANOSECONDS.toMicros(nanos));
    }
    if (request.answer().reason() != null) {
      reasons.get(outcome).merge(request.answer().reason(), 1, Integer::sum);
    }
    if (request.lateNanos() > LATE.toNanos()) {
      late++;
      if (request.waitedForClient()) {
        waitedForClient++;
      }
    }
    maxLateNanos = Math.max(maxLateNanos, request.lateNanos());
    if (request.answered() <= arrivals.duration().toNanos()) {
      answeredInTime++;
    }
  }

  /** Counts a payment that was due and whose seat was not reserved. */
  synchronized void addWithoutSeat() {
    withoutSeat++;
  }

  /** The latencies in microseconds since the last call of this method. */
  synchronized Histogram takeInterval() {
    Histogram taken = interval;
    interval = histogram();
    return taken;
  }

  /** All latencies so far, in microseconds. */
  public synchronized Histogram latency() {
    return latency.copy();
  }

  /** From when requests were due until they were accepted, of those that were. */
  synchronized Percentiles accepted() {
    return Percentiles.of(accepted);
  }

  /** What was counted so far. */
  synchronized LoadFigures figures() {
    int sent = (int) latency.getTotalCount();
    Map<Outcome, Percentiles> byOutcome = new EnumMap<>(Outcome.class);
    latencyByOutcome.forEach(
        (outcome, micros) -> {
          if (micros.getTotalCount() > 0) {
            byOutcome.put(outcome, Percentiles.of(micros));
          }
        });
    return new LoadFigures(
        arrivals.count(),
        sent,
        arrivals.count() - sent,
        withoutSeat,
        answers(),
        new Late(
            TimeUnit.NANOSECONDS.toMicros(LATE.toNanos()),
            late,
            waitedForClient,
            TimeUnit.NANOSECONDS.toMicros(maxLateNanos)),
        answeredInTime / (arrivals.duration().toNanos() / 1e9),
        Percentiles.of(latency),
        byOutcome,
        Percentiles.of(service),
        encoded(latency));
  }

  private static String encoded(Histogram micros) {
    ByteBuffer buffer = ByteBuffer.allocate(micros.getNeededByteBufferCapacity());
    int length = micros.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  /** How many of those that were answered so far have which outcome. */
  public synchronized Answers answers() {
    return new Answers(
        (int) latencyByOutcome.get(Outcome.COMPLETED).getTotalCount(),
        new TreeMap<>(reasons.get(Outcome.REFUSED)),
        new TreeMap<>(reasons.get(Outcome.FAILED)),
        new TreeMap<>(reasons.get(Outcome.UNKNOWN)));
  }

  synchronized int late() {
    return late;
  }
}
