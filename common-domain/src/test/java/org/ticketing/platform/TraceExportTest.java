package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.ConnectException;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TraceExportTest {

  private CompletableResultCode answer = CompletableResultCode.ofSuccess();
  private final TraceExport export = new TraceExport(new Collector());

  @Test
  void anOutageOfTheCollectorIsToldOnce(CapturedOutput output) {
    fail();
    fail();

    assertThat(output).containsOnlyOnce("Traces are lost").containsOnlyOnce("nobody listens");
  }

  @Test
  void theNextOutageIsToldAgain(CapturedOutput output) {
    fail();
    answer = CompletableResultCode.ofSuccess();
    assertThat(export.export(List.of()).isSuccess()).isTrue();
    fail();

    assertThat(output.getOut().split("Traces are lost", -1)).hasSize(3);
  }

  private void fail() {
    answer =
        CompletableResultCode.ofExceptionalFailure(
            new IllegalStateException(new ConnectException("nobody listens")));
    assertThat(export.export(List.of()).isSuccess()).isFalse();
  }

  private class Collector implements SpanExporter {

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return answer;
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
