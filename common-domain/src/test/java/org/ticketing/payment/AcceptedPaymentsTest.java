package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.ticketing.payment.AcceptedPayments.Length;
import org.ticketing.payment.AcceptedPayments.Taken;
import org.ticketing.payment.AcceptedPayments.Untold;
import org.ticketing.payment.PaymentApi.PayerWebhook;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.testing.AtOnce;
import org.ticketing.testing.OnRealDatabase;

/** The queue that the workers of all instances share. None of them runs here, and nobody posts. */
@OnRealDatabase.Postgresql
class AcceptedPaymentsTest {

  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final PayerWebhook WEBHOOK =
      new PayerWebhook(URI.create("https://example.org/paid"), "0123456789abcdef");

  @Autowired private AcceptedPayments queue;
  @Autowired private Payments record;
  @Autowired private JdbcClient jdbc;
  @MockitoBean private PaymentWorkers nobodyPays;
  @MockitoBean private PayerWebhooks nobodyPosts;

  private final UUID process = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();
  private final UUID ann = UUID.randomUUID();
  private final UUID bob = UUID.randomUUID();

  @BeforeEach
  void emptyQueue() {
    jdbc.sql("DELETE FROM accepted_payment").update();
    queue.renew(process, LEASE);
    queue.renew(other, LEASE);
  }

  @Test
  void anAcceptedPaymentIsInTheRecordAtOnce() {
    UUID payment = accept(ann);
    assertThat(record.find(payment)).get().returns(true, Payment::isWaiting);
    assertThat(queue.length(ann)).isEqualTo(new Length(1, 1));
    assertThat(queue.length(bob)).isEqualTo(new Length(1, 0));
  }

  @Test
  void aKeyIsAcceptedOnce() {
    var order = new Order(ann, "key", UUID.randomUUID());
    UUID payment = UUID.randomUUID();
    assertThat(queue.accept(payment, order, null)).isEqualTo(record.find(payment)).isPresent();
    assertThat(queue.accept(UUID.randomUUID(), order, null)).isEmpty();
    assertThat(queue.length(ann).all()).isOne();
  }

  @Test
  void onePaymentOfAUserIsTakenAtATimeAndInTheOrderOfArrival() {
    List<UUID> accepted = IntStream.range(0, 4).mapToObj(index -> accept(ann)).toList();
    List<UUID> made = new ArrayList<>();
    for (List<Taken> next = take(10); !next.isEmpty(); next = take(10)) {
      assertThat(next).hasSize(1);
      assertThat(queue.take(other, List.of(), 10)).isEmpty();
      made.add(next.get(0).paymentId());
      queue.end(next.get(0), Status.COMPLETED);
    }
    assertThat(made).isEqualTo(accepted);
  }

  @Test
  void usersTakeTurns() {
    UUID first = accept(ann);
    UUID second = accept(ann);
    UUID third = accept(ann);
    UUID ofBob = accept(bob);
    assertThat(oneByOne()).containsExactly(first, ofBob, second, third);
  }

  @Test
  void severalInstancesTakeEachPaymentOnce() throws Exception {
    IntStream.range(0, 50).forEach(index -> accept(UUID.randomUUID()));
    List<UUID> instances = IntStream.range(0, 5).mapToObj(index -> UUID.randomUUID()).toList();
    instances.forEach(instance -> queue.renew(instance, LEASE));
    List<Taken> taken =
        AtOnce.run(
                instances.stream()
                    .map(instance -> (Callable<List<Taken>>) () -> all(instance))
                    .toList())
            .stream()
            .flatMap(List::stream)
            .toList();
    assertThat(taken).hasSize(50).extracting(Taken::paymentId).doesNotHaveDuplicates();
  }

  private List<Taken> all(UUID instance) {
    List<Taken> all = new ArrayList<>();
    List<Taken> next = queue.take(instance, List.of(), 3);
    while (!next.isEmpty()) {
      all.addAll(next);
      next = queue.take(instance, all.stream().map(Taken::number).toList(), 3);
    }
    return all;
  }

  @Test
  void whatADeadProcessHasTakenIsTakenUpByAnother() {
    UUID payment = accept(ann);
    assertThat(take(1)).extracting(Taken::attempts).containsExactly(1);
    assertThat(queue.take(other, List.of(), 1)).isEmpty();

    queue.leave(process);
    assertThat(queue.take(other, List.of(), 1))
        .singleElement()
        .returns(payment, Taken::paymentId)
        .returns(2, Taken::attempts);
  }

  @Test
  void aProcessThatShowsNoLifeHasNothingAnyMore() {
    accept(ann);
    take(1);
    queue.renew(process, Duration.ZERO);
    assertThat(queue.take(other, List.of(), 1)).hasSize(1);
  }

  @Test
  void aProcessTakesAgainWhatItDoesNotWorkOn() {
    accept(ann);
    Taken taken = take(1).get(0);
    assertThat(queue.take(process, List.of(taken.number()), 1)).isEmpty();
    assertThat(queue.take(process, List.of(), 1)).hasSize(1);
  }

  @Test
  void whatIsPostponedKeepsTheLaterPaymentsOfItsUserWaiting() {
    UUID payment = accept(ann);
    accept(ann);
    queue.postpone(take(1).get(0), process, LEASE);
    assertThat(take(10)).isEmpty();

    jdbc.sql("UPDATE accepted_payment SET due_at = now()").update();
    assertThat(take(10)).extracting(Taken::paymentId).containsExactly(payment);
  }

  @Test
  void nobodyGivesBackWhatAnotherHas() {
    accept(ann);
    Taken taken = take(1).get(0);
    queue.leave(process);
    queue.take(other, List.of(), 1);
    queue.postpone(taken, process, Duration.ZERO);
    assertThat(jdbc.sql("SELECT worker FROM accepted_payment").query(UUID.class).single())
        .isEqualTo(other);
  }

  @Test
  void thePayerIsToldOfTheEndOnce() {
    UUID payment = acceptForWebhook(ann);
    assertThat(queue.nextUntold(ann)).isEmpty();
    Taken taken = take(1).get(0);
    assertThat(queue.end(taken, Status.FAILED)).isTrue();
    assertThat(queue.end(taken, Status.FAILED)).isFalse();

    assertThat(queue.nextUntold(ann)).contains(new Untold(payment, WEBHOOK));
    assertThat(queue.untoldUsers()).containsExactly(ann);
    queue.told(payment);
    assertThat(queue.nextUntold(ann)).isEmpty();
    assertThat(queue.untoldUsers()).isEmpty();
  }

  /** It may have ended, and been told, while its repetition was under way. */
  @Test
  void aWebhookIsKnownAgainAlsoWhenItsSecretIsGone() {
    UUID payment = acceptForWebhook(ann);
    var otherUrl = new PayerWebhook(URI.create("https://example.org/"), WEBHOOK.secret());
    var otherSecret = new PayerWebhook(WEBHOOK.url(), "fedcba9876543210");
    assertThat(queue.hasWebhook(payment, WEBHOOK)).isTrue();
    assertThat(queue.hasWebhook(payment, otherUrl)).isFalse();
    assertThat(queue.hasWebhook(payment, otherSecret)).isFalse();

    oneByOne();
    queue.told(payment);
    assertThat(queue.hasWebhook(payment, WEBHOOK)).isTrue();
    assertThat(queue.hasWebhook(payment, otherUrl)).isFalse();
  }

  @Test
  void whoWantsToKnowNothingIsNotTold() {
    UUID payment = accept(ann);
    assertThat(queue.end(take(1).get(0), Status.COMPLETED)).isFalse();
    assertThat(queue.untoldUsers()).isEmpty();
    assertThat(queue.hasWebhook(payment, WEBHOOK)).isFalse();
  }

  @Test
  void aUserIsToldInTheOrderInWhichPaymentsEnded() {
    UUID first = acceptForWebhook(ann);
    UUID second = acceptForWebhook(ann);
    acceptForWebhook(bob);
    oneByOne();

    assertThat(queue.nextUntold(ann).orElseThrow().paymentId()).isEqualTo(first);
    queue.told(first);
    assertThat(queue.nextUntold(ann).orElseThrow().paymentId()).isEqualTo(second);
  }

  /** Otherwise an endpoint that is silent would be owed ever more. */
  @Test
  void whatAUserHasStillToBeToldTakesUpRoom() {
    UUID payment = acceptForWebhook(ann);
    accept(ann);
    accept(bob);
    oneByOne();
    accept(ann);

    assertThat(queue.length(ann)).isEqualTo(new Length(1, 2));
    queue.told(payment);
    assertThat(queue.length(ann)).isEqualTo(new Length(1, 1));
  }

  @Test
  void whatAUserHasStillToBeToldIsNotRemoved() {
    UUID payment = acceptForWebhook(ann);
    oneByOne();
    assertThat(queue.removeEnded(Duration.ZERO)).isZero();
    queue.told(payment);
    assertThat(queue.removeEnded(Duration.ZERO)).isOne();
  }

  @Test
  void whatHasEndedIsRemovedAfterAWhile() {
    accept(ann);
    accept(bob);
    queue.end(take(1).get(0), Status.COMPLETED);
    assertThat(queue.removeEnded(LEASE)).isZero();
    assertThat(queue.removeEnded(Duration.ZERO)).isOne();
    assertThat(queue.waiting().number()).isOne();
  }

  private List<UUID> oneByOne() {
    List<UUID> made = new ArrayList<>();
    for (List<Taken> next = take(1); !next.isEmpty(); next = take(1)) {
      made.add(next.get(0).paymentId());
      queue.end(next.get(0), Status.COMPLETED);
    }
    return made;
  }

  private List<Taken> take(int atMost) {
    return queue.take(process, List.of(), atMost);
  }

  private UUID accept(UUID user) {
    return accept(user, null);
  }

  private UUID acceptForWebhook(UUID user) {
    return accept(user, WEBHOOK);
  }

  private UUID accept(UUID user, PayerWebhook webhook) {
    UUID payment = UUID.randomUUID();
    queue.accept(payment, new Order(user, payment.toString(), UUID.randomUUID()), webhook);
    return payment;
  }
}
