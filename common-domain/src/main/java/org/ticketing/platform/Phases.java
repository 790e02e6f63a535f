package org.ticketing.platform;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.observation.Observation;
import io.micrometer.observation.Observation.CheckedCallable;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.ticketing.platform.tracking.TransactionLog;

/**
 * Runs the phases of a payment's protocol. Each is a span {@code <protocol> <phase>} if the payment
 * is traced, adds to the timer {@code ticketing.protocol.phase}, and is an entry of the log of its
 * transaction. A phase is a part of what its thread does at that moment, unless it is said to be
 * part of something else. A phase that throws has failed, and its exception is thrown on.
 */
public final class Phases {

  /** Runs phases without observing or logging them. */
  public static final Phases UNOBSERVED = new Phases("", Observations.NONE, TransactionLog.NONE);

  private static final String NAME = "ticketing.protocol.phase";

  private final String protocol;
  private final Observations observations;
  private final TransactionLog log;
  private final ContextSnapshot origin;

  /**
   * @param protocol in lower case, because the names of spans are
   */
  public Phases(String protocol, Observations observations, TransactionLog log) {
    this(protocol, observations, log, null);
  }

  /**
   * @param origin what the phases are part of, or null if that is what their thread does
   */
  private Phases(
      String protocol, Observations observations, TransactionLog log, ContextSnapshot origin) {
    this.protocol = protocol;
    this.observations = observations;
    this.log = log;
    this.origin = origin;
  }

  /** The phases as parts of what this thread does now, whichever thread runs them. */
  public Phases fromHere() {
    return new Phases(protocol, observations, log, CarriedContext.ofThisThread());
  }

  /**
   * @param participant who does the work, or is sent the message
   */
  public void run(String phase, String participant, Runnable work) {
    call(
        phase,
        participant,
        () -> {
          work.run();
          return null;
        });
  }

  /**
   * @param participant who does the work, or is sent the message
   */
  public <T, E extends Throwable> T call(
      String phase, String participant, CheckedCallable<T, E> work) throws E {
    if (origin == null) {
      return observe(phase, participant, Observation.Context::new, work);
    }
    try (ContextSnapshot.Scope there = origin.setThreadLocals()) {
      return observe(phase, participant, Observation.Context::new, work);
    }
  }

  /**
   * Runs a phase as part of something in another process or before a restart of this one.
   *
   * @param trace that part's {@link #trace()}, or null if it is not known
   */
  public <T, E extends Throwable> T callIn(
      String trace, String phase, String participant, CheckedCallable<T, E> work) throws E {
    if (trace == null) {
      return call(phase, participant, work);
    }
    try (Observations.Trace there = observations.beginTrace(trace)) {
      return observe(phase, participant, () -> received(trace), work);
    }
  }

  private static Observation.Context received(String trace) {
    var context = new ReceiverContext<Map<String, String>>(Map::get, Kind.CONSUMER);
    context.setCarrier(Map.of(TraceSampling.TRACEPARENT, trace));
    return context;
  }

  private <T, E extends Throwable> T observe(
      String phase,
      String participant,
      Supplier<Observation.Context> context,
      CheckedCallable<T, E> work)
      throws E {
    if (observations.spans().isNoop()) { // also for what is not traced
      return timed(phase, participant, work);
    }
    Observation observation =
        Observation.createNotStarted(NAME, context, observations.spans())
            .contextualName(protocol + " " + phase)
            .lowCardinalityKeyValue("phase", phase)
            .lowCardinalityKeyValue("participant", participant);
    for (LogField field : LogField.values()) {
      field.value().ifPresent(value -> observation.highCardinalityKeyValue(field.key(), value));
    }
    return this.<T, E>timed(phase, participant, () -> observation.observeChecked(work));
  }

  /** The work itself may find out for which transaction it is done. */
  private <T, E extends Throwable> T timed(
      String phase, String participant, CheckedCallable<T, E> work) throws E {
    Instant begun = Instant.now();
    long start = System.nanoTime();
    Throwable failure = null;
    try {
      return work.call();
    } catch (Throwable thrown) {
      failure = thrown;
      throw thrown;
    } finally {
      long took = System.nanoTime() - start;
      observations.time(
          NAME,
          took,
          "phase",
          phase,
          "participant",
          participant,
          "error",
          failure == null ? "none" : failure.getClass().getSimpleName());
      log.phase(
          LogField.PAYMENT.value().map(UUID::fromString).orElse(null),
          LogField.XID.value().orElse(null),
          phase,
          participant,
          begun,
          Duration.ofNanos(took),
          failure);
    }
  }

  /** What this thread does, for {@link #callIn}; null if that is a part of nothing. */
  public static String trace() {
    return TraceSampling.ofUntraced()
        .orElseGet(
            () -> {
              Map<String, String> headers = new HashMap<>();
              W3CTraceContextPropagator.getInstance().inject(Context.current(), headers, Map::put);
              return headers.get(TraceSampling.TRACEPARENT);
            });
  }
}
