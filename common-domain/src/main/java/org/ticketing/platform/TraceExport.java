package org.ticketing.platform;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Sends spans to the collector, and warns once when it gives no answer, until it answers again. The
 * exporter's own warnings, which are switched off, come several times a minute, with stack traces.
 */
class TraceExport implements SpanExporter {

  private static final Logger log = LoggerFactory.getLogger(TraceExport.class);

  private final SpanExporter exporter;
  private volatile boolean reached = true;

  TraceExport(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode result = exporter.export(spans);
    result.whenComplete(() -> note(result));
    return result;
  }

  private void note(CompletableResultCode result) {
    if (reached && !result.isSuccess()) {
      Throwable failure = result.getFailureThrowable();
      log.warn(
          "Traces are lost, because the collector does not take them: {}",
          failure == null
              ? "no answer"
              : NestedExceptionUtils.getMostSpecificCause(failure).toString());
    }
    reached = result.isSuccess();
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
