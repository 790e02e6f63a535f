package org.ticketing.platform;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.ObservationRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How work is observed: all of it by timers, and what is {@linkplain TraceSampling traced} by
 * observations of Micrometer, which become spans.
 */
public final class Observations {

  /** Nothing is observed. */
  public static final Observations NONE =
      new Observations(ObservationRegistry.NOOP, null, null, new Observing());

  /** What is traced or not as one. It has to be closed on the thread that has begun it. */
  @FunctionalInterface
  public interface Trace extends AutoCloseable {
    @Override
    void close();
  }

  /** Looked up for every request and phase, and so without what a list needs for comparing. */
  private static final class Kind {

    private final String name;
    private final String[] tags;
    private final int hash;

    Kind(String name, String[] tags) {
      this.name = name;
      this.tags = tags;
      this.hash = 31 * name.hashCode() + Arrays.hashCode(tags);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Kind kind && name.equals(kind.name) && Arrays.equals(tags, kind.tags);
    }

    Timer timer(MeterRegistry meters) {
      return meters.timer(name, tags);
    }
  }

  private final ObservationRegistry spans;
  private final MeterRegistry meters;
  private final TraceSampling sampling;
  private final Observing observing;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  /**
   * @param meters null if there are none
   * @param sampling null if the registry decides alone
   */
  Observations(
      ObservationRegistry spans,
      MeterRegistry meters,
      TraceSampling sampling,
      Observing observing) {
    this.spans = spans;
    this.meters = meters;
    this.sampling = sampling;
    this.observing = observing;
  }

  /** With every observation traced that the registry makes. */
  public static Observations of(ObservationRegistry spans, MeterRegistry meters) {
    return new Observations(spans, meters, null, new Observing());
  }

  /** Where observations are made that are spans, and no timers. */
  public ObservationRegistry spans() {
    return spans;
  }

  /**
   * Adds to a timer. Its name and tags are looked up without being built anew, because this is on
   * the path of every payment.
   *
   * @param tags names, each with its value behind it
   */
  public void time(String name, long nanos, String... tags) {
    if (meters != null && observing.isOn()) {
      Kind kind = new Kind(name, tags);
      Timer known = timers.get(kind); // without a lock
      Timer timer =
          known == null ? timers.computeIfAbsent(kind, unknown -> unknown.timer(meters)) : known;
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  /**
   * Decides whether what this thread does from now on is traced, unless it is a part of something.
   *
   * @param traceparent what the caller has decided, or null
   */
  public Trace beginTrace(String traceparent) {
    return sampling == null || !observing.isOn() ? () -> {} : sampling.begin(traceparent);
  }
}
