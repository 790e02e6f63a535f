package org.ticketing.verification.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.verification.contract.TraceReceiver.Span;

/**
 * What a trace tells of a payment, whichever protocol makes it: the payment is one trace, through
 * all processes, and every phase of the protocol is a span of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TraceContract {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String REQUEST = "http post /payments";
  private static final String PAYMENT = "payment";

  /** Who is sent messages, but sends no spans. */
  private static final String SEATA = "seata";

  private final SystemDescription description;
  private final List<String> phasesOfCompleted;
  private final List<String> phasesOfRefusedLate;

  private TraceReceiver receiver;
  private RunningSystem system;
  private Shop shop;

  /**
   * @param phasesOfCompleted of a payment that completes; each as {@code <service>: <protocol>
   *     <phase> <participant>} with the service that runs it
   * @param phasesOfRefusedLate of a payment whose reservation is found to have expired after the
   *     points were used
   */
  protected TraceContract(
      SystemDescription description,
      List<String> phasesOfCompleted,
      List<String> phasesOfRefusedLate) {
    this.description = description;
    this.phasesOfCompleted = phasesOfCompleted;
    this.phasesOfRefusedLate = phasesOfRefusedLate;
  }

  @BeforeAll
  void start() throws IOException {
    receiver = TraceReceiver.start();
    system =
        RunningSystem.start(
            description,
            Map.of(
                "ticketing.observability.traces-per-second",
                "1000",
                "management.opentelemetry.tracing.export.otlp.endpoint",
                receiver.url(),
                "management.opentelemetry.tracing.export.schedule-delay",
                "100ms"));
    shop = new Shop(system);
  }

  @AfterAll
  void stop() {
    if (system != null) {
      system.close();
    }
    if (receiver != null) {
      receiver.close();
    }
  }

  @Test
  void aCompletedPaymentIsOneTrace() {
    Purchase purchase = shop.purchaseWithPoints(Shop.PRICE);

    assertThat(purchase.pay()).isEqualTo("paid");

    await().atMost(SOON).untilAsserted(() -> assertOneTrace(purchase, phasesOfCompleted));
  }

  @Test
  void aPaymentThatIsUndoneIsOneTrace() {
    Purchase purchase = shop.latePurchaseWithPoints(Shop.PRICE);

    assertThat(purchase.pay()).isEqualTo("reservation-expired");

    await().atMost(SOON).untilAsserted(() -> assertOneTrace(purchase, phasesOfRefusedLate));
  }

  private void assertOneTrace(Purchase purchase, List<String> phases) {
    Set<String> traces =
        receiver.with(PAYMENT, idOf(purchase)).stream()
            .map(Span::trace)
            .collect(Collectors.toSet());
    assertThat(traces).hasSize(1);
    List<Span> trace = receiver.ofTrace(traces.iterator().next());

    assertThat(trace).extracting(this::phase).containsAll(phases);
    assertThat(trace)
        .filteredOn(span -> span.parent().isEmpty())
        .singleElement()
        .satisfies(
            root -> {
              assertThat(serviceOf(root)).isEqualTo(PAYMENT);
              assertThat(root.name()).isEqualTo(REQUEST);
            });
    Set<String> ids = trace.stream().map(Span::id).collect(Collectors.toSet());
    assertThat(trace)
        .filteredOn(span -> !span.parent().isEmpty())
        .allSatisfy(span -> assertThat(ids).contains(span.parent()));
    assertThat(trace)
        .filteredOn(this::isMessage)
        .allSatisfy(phase -> assertThat(isHandled(phase, trace)).as(phase(phase)).isTrue());
  }

  private String idOf(Purchase purchase) {
    return system
        .database(PAYMENT)
        .query("SELECT id FROM payment.payment WHERE idempotency_key = '" + purchase.key() + "'")
        .get(0);
  }

  private String phase(Span span) {
    return serviceOf(span) + ": " + span.name() + " " + span.attributes().get("participant");
  }

  /** Processes are named {@code <system>-<process>}. */
  private String serviceOf(Span span) {
    return span.process().substring(description.name().length() + 1);
  }

  /** Whether it is a phase that another service carries out. */
  private boolean isMessage(Span span) {
    String participant = span.attributes().get("participant");
    return participant != null
        && !participant.equals(serviceOf(span))
        && !participant.equals(SEATA);
  }

  /** Whether the participant's handling of the message is a part of the phase. */
  private boolean isHandled(Span phase, List<Span> trace) {
    String participant = phase.attributes().get("participant");
    Map<String, Span> byId = trace.stream().collect(Collectors.toMap(Span::id, span -> span));
    return trace.stream()
        .filter(span -> span.isServer() && serviceOf(span).equals(participant))
        .map(server -> byId.get(server.parent())) // the call
        .anyMatch(call -> call != null && call.parent().equals(phase.id()));
  }
}
