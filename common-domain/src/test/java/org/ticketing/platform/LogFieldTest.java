package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.core.env.StandardEnvironment;

class LogFieldTest {

  private final UUID payment = UUID.randomUUID();

  @AfterEach
  void clear() {
    MDC.clear();
  }

  @Test
  void whatIsSetStaysUntilTheRequestHasBeenAnswered() {
    LogField.PAYMENT.set(payment);
    LogField.XID.set("xid");

    assertThat(MDC.get("payment")).isEqualTo(payment.toString());
    assertThat(MDC.get("xid")).isEqualTo("xid");

    new LogFieldsOfRequests().afterCompletion(null, null, null, null);

    assertThat(MDC.get("payment")).isNull();
    assertThat(MDC.get("xid")).isNull();
  }

  @Test
  void aScopeBringsBackWhatWasBefore() {
    try (LogField.Scope outer = LogField.XID.during("first")) {
      try (LogField.Scope same = LogField.XID.during("first");
          LogField.Scope inner = LogField.XID.during("second")) {
        assertThat(LogField.XID.value()).contains("second");
      }
      assertThat(LogField.XID.value()).contains("first");
    }
    assertThat(LogField.XID.value()).isEmpty();
  }

  @Test
  void linesCarryWhatIsKnownAndNothingForWhatIsNot() {
    assertThat(line(Map.of())).isEmpty();
    assertThat(line(Map.of("payment", "p", "xid", "x"))).isEqualTo("payment=p xid=x ");
    assertThat(line(Map.of("spanId", "s", "traceId", "t", "xid", "x")))
        .isEqualTo("traceId=t spanId=s xid=x ");
  }

  /** The part of a line that is about its context, by the pattern that logging is set up with. */
  private static String line(Map<String, String> context) {
    var environment = new StandardEnvironment();
    new LoggingDefaults().postProcessEnvironment(environment, null);
    var layout = new PatternLayout();
    layout.setContext(new LoggerContext());
    layout.setPattern(environment.getRequiredProperty("logging.pattern.correlation"));
    layout.start();
    var event = new LoggingEvent();
    event.setMDCPropertyMap(context);
    return layout.doLayout(event);
  }
}
