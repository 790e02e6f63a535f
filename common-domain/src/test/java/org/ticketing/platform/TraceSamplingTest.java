package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TraceSamplingTest {

  private static final String ID = "0af7651916cd43dd8448eb211c80319c";
  private static final String SAMPLED = "00-" + ID + "-b7ad6b7169203331-01";
  private static final String NOT_SAMPLED = "00-" + ID + "-b7ad6b7169203331-00";

  private static final String NO_ID = "00-00000000000000000000000000000000-b7ad6b7169203331-00";

  private final TraceSampling always = new TraceSampling(new TraceBudget(Double.POSITIVE_INFINITY));
  private final TraceSampling never = new TraceSampling(new TraceBudget(0));

  @AfterEach
  void nothingIsLeft() {
    assertThat(MDC.get("traceId")).isNull();
    assertThat(always.isTraced()).isFalse();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {SAMPLED, "", "no trace", "00-" + ID, NO_ID})
  void whatIsSampledIsTraced(String traceparent) {
    try (Observations.Trace trace = always.begin(traceparent)) {
      assertThat(always.isTraced()).isTrue();
      assertThat(TraceSampling.ofUntraced()).isEmpty();
    }
  }

  @Test
  void whatTheCallerDoesNotTraceIsNotTracedAndKeepsItsId() {
    try (Observations.Trace trace = always.begin(NOT_SAMPLED)) {
      assertThat(always.isTraced()).isFalse();
      assertThat(MDC.get("traceId")).isEqualTo(ID);
      assertThat(TraceSampling.ofUntraced()).hasValue("00-" + ID + "-8448eb211c80319c-00");
    }
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {SAMPLED, "no trace"})
  void withoutACollectorNothingIsTracedAndThoseWhoAreCalledAreTold(String traceparent) {
    try (Observations.Trace trace = never.begin(traceparent)) {
      assertThat(never.isTraced()).isFalse();
      assertThat(MDC.get("traceId")).matches("[0-9a-f]{32}");
      assertThat(TraceSampling.ofUntraced().orElseThrow())
          .matches("00-" + MDC.get("traceId") + "-[0-9a-f]{16}-00");
    }
  }

  @Test
  void aPartOfSomethingFollowsIt() {
    try (Observations.Trace whole = never.begin(null)) {
      String id = MDC.get("traceId");
      try (Observations.Trace part = always.begin(null)) {
        assertThat(always.isTraced()).isFalse();
      }
      assertThat(MDC.get("traceId")).isEqualTo(id);
    }
  }
}
