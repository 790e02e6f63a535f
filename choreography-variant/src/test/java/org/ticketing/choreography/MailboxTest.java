package org.ticketing.choreography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ticketing.choreography.EventKind.PAYMENT_REQUESTED;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.context.request.async.DeferredResult;

class MailboxTest {

  private final Mailbox mailbox = new Mailbox();

  @Test
  void aRequestThatWaitsGetsTheNextEventAtOnce() {
    DeferredResult<List<PaymentEvent>> waiting = request();
    mailbox.answer(waiting, 4);
    assertThat(waiting.hasResult()).isFalse();
    PaymentEvent event = event();

    mailbox.put(event);

    assertThat(waiting.getResult()).isEqualTo(List.of(event));
    assertThat(mailbox.waiting()).isZero();
  }

  @Test
  void anEventGoesToOneOfThoseWhoWait() {
    List<DeferredResult<List<PaymentEvent>>> waiting =
        Stream.generate(MailboxTest::request).limit(2).toList();
    waiting.forEach(each -> mailbox.answer(each, 4));

    mailbox.put(event());

    assertThat(waiting).filteredOn(DeferredResult::hasResult).hasSize(1);
  }

  @Test
  void eventsThatNobodyHasWaitedForGoToTheNextRequestAsFarAsItWantsThem() {
    List<PaymentEvent> events = Stream.generate(MailboxTest::event).limit(3).toList();
    events.forEach(mailbox::put);

    DeferredResult<List<PaymentEvent>> first = request();
    mailbox.answer(first, 2);
    DeferredResult<List<PaymentEvent>> second = request();
    mailbox.answer(second, 2);

    assertThat(first.getResult()).isEqualTo(events.subList(0, 2));
    assertThat(second.getResult()).isEqualTo(events.subList(2, 3));
  }

  @Test
  void aRequestWhoseTimeIsOverGetsNothingAndTakesNothing() {
    DeferredResult<List<PaymentEvent>> over = request();
    mailbox.answer(over, 4);
    over.setResult(List.of());
    PaymentEvent event = event();

    mailbox.put(event);

    DeferredResult<List<PaymentEvent>> next = request();
    mailbox.answer(next, 4);
    assertThat(next.getResult()).isEqualTo(List.of(event));
  }

  @Test
  void aRequestDoesNotWaitForEver() {
    DeferredResult<List<PaymentEvent>> waiting = request();
    mailbox.answer(waiting, 4);

    mailbox.endWaitingFor(Duration.ofMinutes(1));
    assertThat(waiting.hasResult()).isFalse();
    mailbox.endWaitingFor(Duration.ZERO);

    assertThat(waiting.getResult()).isEqualTo(List.of());
  }

  @Test
  void whatNobodyFetchesIsGivenBack() {
    PaymentEvent event = event();
    mailbox.put(event);

    assertThat(mailbox.unfetchedFor(Duration.ofMinutes(1))).isEmpty();
    assertThat(mailbox.unfetchedFor(Duration.ZERO)).containsExactly(event);
    assertThat(mailbox.unfetchedFor(Duration.ZERO)).isEmpty();
  }

  @Test
  void eventsAreDealtOutAndTheRestIsReturned() {
    List<DeferredResult<List<PaymentEvent>>> waiting =
        Stream.generate(MailboxTest::request).limit(2).toList();
    waiting.forEach(each -> mailbox.answer(each, 4));
    List<PaymentEvent> events = Stream.generate(MailboxTest::event).limit(5).toList();

    List<PaymentEvent> left = mailbox.deal(events, 2);

    assertThat(waiting)
        .extracting(DeferredResult::getResult)
        .containsExactly(events.subList(0, 2), events.subList(2, 4));
    assertThat(left).containsExactly(events.get(4));
  }

  @Test
  void aClosedOneAnswersEverybodyThatThereIsNothingAndKeepsNothing() {
    DeferredResult<List<PaymentEvent>> before = request();
    mailbox.answer(before, 4);

    mailbox.close();
    mailbox.put(event());
    DeferredResult<List<PaymentEvent>> afterwards = request();
    mailbox.answer(afterwards, 4);

    assertThat(before.getResult()).isEqualTo(List.of());
    assertThat(afterwards.getResult()).isEqualTo(List.of());
  }

  private static DeferredResult<List<PaymentEvent>> request() {
    return new DeferredResult<>();
  }

  private static PaymentEvent event() {
    return EventDatabase.event(PAYMENT_REQUESTED, UUID.randomUUID());
  }
}
