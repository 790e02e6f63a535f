package org.ticketing.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ticketing.payment.Receipt;
import org.ticketing.workload.FakeSystem.Reply;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Operation.Pay;
import org.ticketing.workload.history.Outcome;

class PaymentClientTest {

  private final History history = new History("fake");
  private FakeSystem system;
  private PaymentClient client;

  @BeforeEach
  void start() throws IOException {
    system = new FakeSystem();
    client = new PaymentClient(system.url(), history);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    system.close();
  }

  @Test
  void tellsThePaymentsIdFromTheReceiptAndRecordsIt() {
    UUID reservation = system.planned.reservationId();
    system.payments =
        () -> new Reply(201, new Receipt(system.payment, system.customer.id(), reservation, 10));

    Answer answer = client.pay(system.planned, "k");

    assertThat(answer).isEqualTo(new Answer(Outcome.COMPLETED, null, system.payment));
    assertThat(system.lastKey).isEqualTo("k");
    Pay recorded = history.operations(Pay.class).findFirst().orElseThrow();
    assertThat(recorded)
        .isEqualTo(
            new Pay(
                recorded.start(),
                recorded.end(),
                0,
                "k",
                system.customer.id(),
                reservation,
                FakeSystem.PRICE,
                Outcome.COMPLETED,
                null,
                system.payment));
    assertThat(recorded.end()).isGreaterThan(recorded.start());
  }

  @Test
  void tellsWhyAPaymentIsRefused() {
    system.payments = () -> FakeSystem.problem(409, "insufficient-points");

    assertThat(client.pay(system.planned, "k"))
        .isEqualTo(new Answer(Outcome.REFUSED, "insufficient-points", null));
  }

  @Test
  void doesNotTakeATroubledServerForARefusal() {
    system.payments = () -> FakeSystem.problem(503, "outcome-unknown");

    assertThat(client.pay(system.planned, "k"))
        .isEqualTo(new Answer(Outcome.UNKNOWN, "outcome-unknown", null));
  }

  @Test
  void hasFailedWhereTheSystemSaysThatNothingRemains() {
    system.payments = () -> FakeSystem.problem(503, "service-unavailable");

    assertThat(client.pay(system.planned, "k"))
        .isEqualTo(new Answer(Outcome.FAILED, "service-unavailable", null));
  }

  @Test
  void doesNotKnowWhatBecomesOfAPaymentThatIsUnderWay() {
    system.payments = () -> FakeSystem.problem(409, "payment-in-progress");

    assertThat(client.pay(system.planned, "k"))
        .isEqualTo(new Answer(Outcome.UNKNOWN, "payment-in-progress", null));
  }

  @Test
  void doesNotKnowWhatAnAnswerOfAnotherKindMeans() {
    system.payments = () -> new Reply(502, "<html>");

    assertThat(client.pay(system.planned, "k"))
        .isEqualTo(new Answer(Outcome.UNKNOWN, "HTTP 502", null));
  }

  @Test
  void doesNotKnowWhatAnAnswerWithoutABodyMeans() {
    system.payments = () -> new Reply(204, "");

    assertThat(client.pay(system.planned, "k"))
        .isEqualTo(new Answer(Outcome.UNKNOWN, "HTTP 204", null));
  }

  @Test
  void doesNotKnowWhatBecameOfARequestWhoseConnectionBroke() {
    system.payments =
        () -> {
          throw new IOException("broken off");
        };

    assertThat(client.pay(system.planned, "k").outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void hasFailedAndSaysNothingOfEarlierRequestsWhereNobodyListens() {
    system.close();

    Answer answer = client.pay(system.planned, "k");

    assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(answer.isFinal()).isFalse();
    assertThat(history.operations(Pay.class)).extracting(Pay::reason).contains(answer.reason());
  }

  @Test
  void anAcceptedPaymentIsAskedForUntilItHasEnded() throws IOException {
    Answer answer =
        payAsynchronously(accepted("REQUESTED"), shown("REQUESTED"), shown("COMPLETED"));

    assertThat(answer.isCompleted()).isTrue();
    assertThat(answer.paymentId()).isEqualTo(system.payment);
    assertThat(answer.wasAccepted()).isTrue();
    assertThat(system.requests)
        .endsWith(
            "POST /payments", "GET /payments/" + system.payment, "GET /payments/" + system.payment);
    assertThat(history.operations(Pay.class))
        .extracting(Pay::outcome)
        .containsExactly(Outcome.COMPLETED);
  }

  @Test
  void anAcceptedPaymentTellsWhyItHasFailed() throws IOException {
    Answer refused = payAsynchronously(accepted("REQUESTED"), failed("insufficient-points"));
    assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refused.reason()).isEqualTo("insufficient-points");

    Answer undone = payAsynchronously(accepted("REQUESTED"), failed("payment-cancelled"));
    assertThat(undone.isFailed()).isTrue();
  }

  @Test
  void aServerInTroubleDoesNotEndAnAcceptedPayment() throws IOException {
    Answer answer =
        payAsynchronously(
            accepted("REQUESTED"),
            FakeSystem.problem(503, "outcome-unknown"),
            new Reply(200, "<html>"),
            new Reply(304, ""),
            shown("COMPLETED"));
    assertThat(answer.isCompleted()).isTrue();
  }

  @Test
  void aPaymentThatIsMadeOrRefusedAtOnceIsAnsweredAsAnyOther() throws IOException {
    assertThat(payAsynchronously(FakeSystem.problem(429, "too-many-payments")))
        .isEqualTo(new Answer(Outcome.REFUSED, "too-many-payments", null));
    UUID reservation = system.planned.reservationId();
    assertThat(
            payAsynchronously(
                new Reply(201, new Receipt(system.payment, system.customer.id(), reservation, 10))))
        .isEqualTo(Answer.completed(system.payment));
  }

  private Answer payAsynchronously(Reply... replies) throws IOException {
    Iterator<Reply> next = List.of(replies).iterator();
    system.payments = next::next;
    try (PaymentClient asking = new PaymentClient(system.url(), history, PaymentWay.ASYNCHRONOUS)) {
      return asking.pay(system.planned, "k");
    }
  }

  private Reply accepted(String status) {
    return new Reply(202, Map.of("id", system.payment, "status", status));
  }

  private Reply shown(String status) {
    return new Reply(200, Map.of("id", system.payment, "status", status));
  }

  private Reply failed(String reason) {
    return new Reply(200, Map.of("id", system.payment, "status", "FAILED", "reason", reason));
  }

  @Test
  void countsEachThreadAsAClient() throws InterruptedException {
    Thread another = new Thread(() -> client.pay(system.planned, "k"));
    another.start();
    another.join();
    client.pay(system.planned, "k");

    assertThat(history.operations(Pay.class)).extracting(Pay::client).containsExactly(0, 1);
  }
}
