package org.ticketing.platform;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.List;
import java.util.Optional;
import org.slf4j.MDC;
import org.ticketing.platform.Observations.Trace;

/**
 * Decides what is traced. A trace is sampled where it begins, as long as there is a budget for it,
 * and everything else follows the decision that comes along with it (W3C Trace Context). What is
 * not traced has an id all the same, for log lines and for those it calls.
 */
final class TraceSampling {

  /** The header in which a trace goes along. */
  static final String TRACEPARENT = "traceparent";

  /** In the MDC, where Micrometer puts that of a trace as well. */
  static final String TRACE_ID = "traceId";

  private static final String VERSION = "00-";
  private static final String UNTRACED = "-00";
  private static final int UNTRACED_LENGTH =
      VERSION.length() + TraceId.getLength() + 1 + SpanId.getLength() + UNTRACED.length();

  private static final Trace UNCHANGED = () -> {};

  /** The carrier is the value of the header itself. */
  private static final TextMapGetter<String> HEADER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
          return List.of(TRACEPARENT);
        }

        @Override
        public String get(String traceparent, String name) {
          return name.equals(TRACEPARENT) ? traceparent : null;
        }
      };

  /**
   * What was decided about what a thread is at work for, from before its first span. Threads that
   * do a part of another's work have the span alone.
   */
  private final ThreadLocal<Boolean> traced = new ThreadLocal<>();

  private final TraceBudget budget;

  /**
   * @param budget if there is never any, nothing is traced whatever others have decided
   */
  TraceSampling(TraceBudget budget) {
    this.budget = budget;
  }

  /**
   * Decides about what this thread does from now on, unless it is a part of what has been decided.
   *
   * @param traceparent what the caller has decided, or null
   */
  Trace begin(String traceparent) {
    if (MDC.get(TRACE_ID) != null) {
      return UNCHANGED;
    }
    String id = idOfUntraced(traceparent);
    if (id == null) {
      SpanContext caller = read(traceparent);
      if (isTraced(caller)) {
        traced.set(true);
        return traced::remove;
      }
      id = caller.isValid() ? caller.getTraceId() : IdGenerator.random().generateTraceId();
    }
    traced.set(false);
    MDC.put(TRACE_ID, id);
    return this::endUntraced;
  }

  /**
   * Of a caller that does not trace, as {@link #ofUntraced} tells it, read without making a context
   * of it; null of all others.
   */
  private static String idOfUntraced(String traceparent) {
    if (traceparent == null
        || traceparent.length() != UNTRACED_LENGTH
        || !traceparent.startsWith(VERSION)
        || !traceparent.endsWith(UNTRACED)) {
      return null;
    }
    String id = traceparent.substring(VERSION.length(), VERSION.length() + TraceId.getLength());
    return TraceId.isValid(id) ? id : null;
  }

  private boolean isTraced(SpanContext caller) {
    return caller.isValid() ? caller.isSampled() && !budget.isEmpty() : budget.take();
  }

  private void endUntraced() {
    traced.remove();
    MDC.remove(TRACE_ID);
  }

  /** Whether what this thread does now is traced. */
  boolean isTraced() {
    Boolean decided = traced.get();
    return decided == null ? Span.current().getSpanContext().isSampled() : decided;
  }

  private static SpanContext read(String traceparent) {
    return traceparent == null
        ? SpanContext.getInvalid()
        : Span.fromContext(
                W3CTraceContextPropagator.getInstance()
                    .extract(Context.root(), traceparent, HEADER))
            .getSpanContext();
  }

  /** The header that keeps those this thread calls from beginning a trace of their own. */
  static Optional<String> ofUntraced() {
    String id = MDC.get(TRACE_ID);
    return id == null || Span.current().getSpanContext().isSampled()
        ? Optional.empty()
        : Optional.of(VERSION + id + "-" + id.substring(SpanId.getLength()) + UNTRACED);
  }
}
