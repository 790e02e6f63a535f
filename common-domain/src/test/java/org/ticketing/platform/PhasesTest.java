package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.ArgumentMatchers.same;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.ReceiverContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.testing.Observed;

class PhasesTest {

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final Observed observed = new Observed();
  private final ObservationRegistry registry = observed.registry();
  private final TransactionLog log = mock();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Phases phases = new Phases("xa", Observations.of(registry, meters), log);
  private final UUID payment = UUID.randomUUID();

  @Test
  void aPhaseIsNamedByItsProtocolAndTellsWhoDoesIt() {
    phases.run("prepare", "point", () -> {});

    assertThat(observed.last().getName()).isEqualTo("ticketing.protocol.phase");
    assertThat(observed.last().getContextualName()).isEqualTo("xa prepare");
    assertThat(Observed.tags(observed.last()))
        .containsOnly(entry("phase", "prepare"), entry("participant", "point"));
  }

  @Test
  void aPhaseTellsThePaymentAndTheTransactionIfTheyAreKnownButNotInItsTimer() {
    try (LogField.Scope one = LogField.PAYMENT.during(payment);
        LogField.Scope other = LogField.XID.during("xid")) {
      phases.run("prepare", "point", () -> {});
    }

    assertThat(Observed.tags(observed.last()))
        .contains(entry("payment", payment.toString()), entry("xid", "xid"));
    assertThat(meters.get("ticketing.protocol.phase").timer().getId().getTags())
        .extracting(Tag::getKey)
        .containsExactlyInAnyOrder("phase", "participant", "error");
  }

  @Test
  void whatAPhaseReturnsIsReturnedAndWhatItThrowsIsThrown() {
    assertThat(phases.<Integer, RuntimeException>call("prepare", "point", () -> 7)).isEqualTo(7);
    assertThat(observed.last().getError()).isNull();

    var failure = new IOException("no answer");
    assertThatThrownBy(
            () ->
                phases.call(
                    "commit",
                    "point",
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(observed.last().getError()).isSameAs(failure);
  }

  @Test
  void aPhaseIsAPartOfWhatItsThreadDoes() {
    Observation paying = Observation.start("paying", registry);

    paying.scoped(() -> phases.run("work", "point", () -> {}));

    assertThat(observed.last().getParentObservation()).isSameAs(paying);
  }

  @Test
  void phasesFromHereArePartsOfItOnEveryThreadAndLeaveNothingThere() {
    Observation paying = Observation.start("paying", registry);
    Phases ofPayment;
    try (Observation.Scope here = paying.openScope();
        LogField.Scope known = LogField.PAYMENT.during(payment)) {
      ofPayment = phases.fromHere();
    }

    CompletableFuture.runAsync(
            () -> {
              ofPayment.run("prepare", "point", () -> {});
              assertThat(registry.getCurrentObservation()).isNull();
              assertThat(MDC.get("payment")).isNull();
            })
        .join();

    assertThat(observed.last().getParentObservation()).isSameAs(paying);
    assertThat(Observed.tags(observed.last())).contains(entry("payment", payment.toString()));
  }

  @Test
  void aPhaseContinuesTheTraceThatItIsGiven() {
    phases.callIn(TRACE, "confirm", "point", () -> null);

    assertThat(observed.last())
        .isInstanceOfSatisfying(
            ReceiverContext.class,
            context -> assertThat(header(context, "traceparent")).isEqualTo(TRACE));
    assertThat(observed.last().getContextualName()).isEqualTo("xa confirm");
  }

  private static <C> String header(ReceiverContext<C> context, String name) {
    return context.getGetter().get(context.getCarrier(), name);
  }

  @Test
  void withoutATraceItIsAPartOfWhatItsThreadDoes() {
    Observation paying = Observation.start("paying", registry);

    paying.scoped(
        () -> {
          phases.callIn(null, "confirm", "point", () -> null);
        });

    assertThat(Phases.trace()).isNull();
    assertThat(observed.last().getParentObservation()).isSameAs(paying);
  }

  @Test
  void aPhaseIsTimedWithItsFailure() {
    phases.run("prepare", "point", () -> {});
    assertThatThrownBy(
            () ->
                phases.run(
                    "prepare",
                    "point",
                    () -> {
                      throw new IllegalStateException("no answer");
                    }))
        .isInstanceOf(IllegalStateException.class);

    for (String error : List.of("none", "IllegalStateException")) {
      assertThat(
              meters
                  .get("ticketing.protocol.phase")
                  .tags("phase", "prepare", "participant", "point", "error", error)
                  .timer()
                  .count())
          .isEqualTo(1);
    }
  }

  @Test
  void aPhaseIsAnEntryOfTheLogOfItsTransaction() {
    phases.run("prepare", "point", () -> LogField.XID.set("xid"));
    LogField.XID.clear();

    verify(log)
        .phase(
            isNull(),
            eq("xid"),
            eq("prepare"),
            eq("point"),
            any(Instant.class),
            any(Duration.class),
            isNull());
  }

  @Test
  void aPhaseThatIsNotObservedIsLoggedWithItsFailure() {
    var failure = new IllegalStateException("no answer");
    Phases unobserved = new Phases("xa", Observations.NONE, log);
    try (LogField.Scope known = LogField.PAYMENT.during(payment)) {
      assertThatThrownBy(
              () ->
                  unobserved.run(
                      "commit",
                      "point",
                      () -> {
                        throw failure;
                      }))
          .isSameAs(failure);
    }

    verify(log)
        .phase(eq(payment), isNull(), eq("commit"), eq("point"), any(), any(), same(failure));
  }

  @Test
  void phasesRunWithoutBeingObserved() {
    assertThat(Phases.UNOBSERVED.<Integer, RuntimeException>call("work", "point", () -> 7))
        .isEqualTo(7);
  }
}
