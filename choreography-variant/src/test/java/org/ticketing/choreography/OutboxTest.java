package org.ticketing.choreography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ticketing.choreography.EventKind.PAYMENT_CANCELLED;
import static org.ticketing.choreography.EventKind.PAYMENT_REQUESTED;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.ticketing.choreography.EventDatabase.Server;

/** Which events an outbox gives to whom. */
@ParameterizedClass
@EnumSource
class OutboxTest {

  private static final String READER = "point";

  /** It does not pass by itself during a test. */
  private static final Duration REDELIVERY = Duration.ofHours(1);

  private final EventDatabase database;
  private final Outbox outbox;

  OutboxTest(Server server) {
    this.database = new EventDatabase(server);
    this.outbox = database.outbox(REDELIVERY);
  }

  @Test
  void anEventThatIsRecordedBelongsAtFirstToWhoeverHasRecordedIt() {
    PaymentEvent recorded = add(PAYMENT_REQUESTED, UUID.randomUUID());

    assertThat(take()).isEmpty();
    letRedeliveryPass();
    assertThat(take()).containsExactly(recorded);
  }

  @Test
  void anEventOfATransactionThatIsRolledBackNeverHappened() {
    database.transactions.executeWithoutResult(
        transaction -> {
          outbox.add(EventDatabase.event(PAYMENT_CANCELLED, UUID.randomUUID()), READER);
          transaction.setRollbackOnly();
        });

    assertThat(take()).isEmpty();
  }

  @Test
  void anEventThatIsReleasedIsDueAtOnceAndComesToOne() {
    PaymentEvent recorded = add(PAYMENT_REQUESTED, UUID.randomUUID());
    outbox.release(List.of(recorded.number()));

    assertThat(take()).containsExactly(recorded);
    assertThat(take()).isEmpty();
  }

  @Test
  void anEventComesAgainUntilItIsDelivered() {
    PaymentEvent recorded = add(PAYMENT_REQUESTED, UUID.randomUUID());
    for (int times = 0; times < 3; times++) {
      letRedeliveryPass();
      assertThat(take()).containsExactly(recorded);
      assertThat(take()).isEmpty();
    }

    outbox.delivered(List.of(recorded.number()));
    outbox.release(recorded.paymentId());

    assertThat(take()).isEmpty();
  }

  @Test
  void anEventIsForItsReaderAlone() {
    add(PAYMENT_CANCELLED, UUID.randomUUID());

    assertThat(take("reservation")).isEmpty();
    assertThat(take()).hasSize(1);
  }

  @Test
  void eventsOfAPaymentComeOneAfterTheOther() {
    UUID payment = UUID.randomUUID();
    PaymentEvent first = add(PAYMENT_REQUESTED, payment);
    PaymentEvent second = add(PAYMENT_CANCELLED, payment);
    PaymentEvent ofAnother = add(PAYMENT_CANCELLED, UUID.randomUUID());

    assertThat(take()).containsExactly(ofAnother);

    outbox.delivered(List.of(first.number()));

    assertThat(take()).containsExactly(second);
  }

  /** A position would pass it over. */
  @Test
  void anEventWithAnEarlierNumberThatIsCommittedLaterIsNotPassedOver() throws Exception {
    var recorded = new CountDownLatch(1);
    var commit = new CountDownLatch(1);
    CompletableFuture<PaymentEvent> late =
        CompletableFuture.supplyAsync(
            () ->
                database.inTransaction(
                    () -> {
                      PaymentEvent event =
                          outbox.add(
                              EventDatabase.event(PAYMENT_CANCELLED, UUID.randomUUID()), READER);
                      recorded.countDown();
                      waitFor(commit);
                      return event;
                    }));
    recorded.await();
    PaymentEvent early = add(PAYMENT_CANCELLED, UUID.randomUUID());
    assertThat(take()).containsExactly(early);
    outbox.delivered(List.of(early.number()));
    commit.countDown();

    assertThat(late.get().number()).isLessThan(early.number());
    assertThat(take()).containsExactly(late.get());
  }

  @Test
  void twoWhoTakeAtTheSameTimeGetDifferentEvents() {
    PaymentEvent one = add(PAYMENT_CANCELLED, UUID.randomUUID());
    PaymentEvent other = add(PAYMENT_CANCELLED, UUID.randomUUID());

    database.inTransaction(
        () -> {
          assertThat(outbox.take(READER, 1)).containsExactly(one);
          List<PaymentEvent> elsewhere = CompletableFuture.supplyAsync(this::take).join();
          assertThat(elsewhere).containsExactly(other);
          return null;
        });
  }

  @Test
  void anEventKeepsAllThatItTells() {
    PaymentEvent refused =
        new PaymentEvent(
            0,
            null,
            PAYMENT_CANCELLED.name(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            700,
            "reservation-expired",
            "The time to pay for this seat – 5 min – has run out.",
            "00-00000000000000000000000000000002-0000000000000002-01");
    PaymentEvent recorded = database.inTransaction(() -> outbox.add(refused, READER));

    assertThat(take()).containsExactly(recorded);
    assertThat(recorded.numbered(0))
        .usingRecursiveComparison()
        .ignoringFields("reader")
        .isEqualTo(refused);
  }

  @Test
  void anEventIsLateWhenItShouldHaveBeenAcknowledgedLongAgo() {
    PaymentEvent old = add(PAYMENT_REQUESTED, UUID.randomUUID());
    add(PAYMENT_REQUESTED, UUID.randomUUID());
    assertThat(outbox.countLate().number()).isZero();
    database
        .jdbc
        .sql(
            "UPDATE outbox SET recorded_at = current_timestamp(6) - "
                + Outbox.interval(Duration.ofMinutes(1))
                + " WHERE number = :number")
        .param("number", old.number())
        .update();

    assertThat(outbox.countLate().number()).isEqualTo(1);
    assertThat(outbox.countLate().oldest()).isNotNull();
    assertThat(outbox.late(old.paymentId()))
        .singleElement()
        .satisfies(late -> assertThat(late.kind()).isEqualTo("PaymentRequested"));
  }

  private PaymentEvent add(EventKind kind, UUID payment) {
    return database.inTransaction(() -> outbox.add(EventDatabase.event(kind, payment), READER));
  }

  private void letRedeliveryPass() {
    database
        .jdbc
        .sql("UPDATE outbox SET due_at = due_at - " + Outbox.interval(REDELIVERY))
        .update();
  }

  private List<PaymentEvent> take() {
    return take(READER);
  }

  private List<PaymentEvent> take(String reader) {
    return database.inTransaction(() -> outbox.take(reader, 10));
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopping) {
      throw new IllegalStateException(stopping);
    }
  }
}
