package org.ticketing.choreography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ticketing.choreography.EventKind.PAYMENT_CANCELLED;
import static org.ticketing.choreography.EventKind.PAYMENT_REQUESTED;
import static org.ticketing.choreography.EventKind.POINTS_REFUSED;
import static org.ticketing.choreography.EventKind.POINTS_USED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.ticketing.choreography.EventDatabase.Server;
import org.ticketing.choreography.ParkedEvents.Parked;
import org.ticketing.platform.Phases;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.Service;

/**
 * What becomes of an event that comes in once, twice, at the same time, or cannot be reacted to.
 */
@ParameterizedClass
@EnumSource
class ReceptionTest {

  private final EventDatabase database;
  private final List<PaymentEvent> told = new ArrayList<>();
  private final List<UUID> reacted = new ArrayList<>();
  private final Reception reception;
  private RuntimeException failure;
  private Runnable meanwhile = () -> {};

  ReceptionTest(Server server) {
    this.database = new EventDatabase(server);
    this.reception =
        new Reception(
            List.of(new ScriptedReactions()),
            database.inbox,
            new Publication(database.outbox, told::addAll),
            database.parked,
            database.transactions,
            Phases.UNOBSERVED,
            EventDatabase.SETTINGS);
  }

  private class ScriptedReactions implements Reactions {

    @Override
    public Service reader() {
      return Service.POINT;
    }

    @Override
    public Optional<PaymentEvent> to(PaymentEvent event) {
      meanwhile.run();
      if (failure != null) {
        throw failure;
      }
      reacted.add(event.paymentId());
      return Optional.of(event.next(POINTS_USED));
    }

    @Override
    public Optional<PaymentEvent> refused(PaymentEvent event, Refusal why) {
      return Optional.of(event.next(POINTS_REFUSED, why));
    }
  }

  @Test
  void theReactionIsToldOfWhenItIsCommitted() {
    PaymentEvent event = requested();

    reception.receive(event);

    assertThat(reacted).containsExactly(event.paymentId());
    assertThat(told)
        .singleElement()
        .satisfies(
            next -> {
              assertThat(next.kind()).isEqualTo("POINTS_USED");
              assertThat(next.reader()).isEqualTo("reservation");
              assertThat(next.paymentId()).isEqualTo(event.paymentId());
            });
    assertThat(eventsLeft()).isEqualTo(1);
  }

  @Test
  void anEventThatComesTwiceIsReactedToOnce() {
    PaymentEvent event = requested();

    reception.receive(event);
    reception.receive(event.numbered(77));

    assertThat(reacted).hasSize(1);
    assertThat(told).hasSize(1);
    assertThat(eventsLeft()).isEqualTo(1);
  }

  @Test
  void anEventThatComesToTwoAtTheSameTimeIsReactedToOnce() throws Exception {
    PaymentEvent event = requested();
    var within = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    meanwhile =
        () -> {
          within.countDown();
          waitFor(goOn);
        };
    CompletableFuture<Void> first = CompletableFuture.runAsync(() -> reception.receive(event));
    within.await();
    CompletableFuture<Void> second = CompletableFuture.runAsync(() -> reception.receive(event));
    goOn.countDown();

    CompletableFuture.allOf(first, second).get();

    assertThat(reacted).hasSize(1);
    assertThat(eventsLeft()).isEqualTo(1);
  }

  @Test
  void aRefusalIsToldWithItsReasonAndIsFinal() {
    PaymentEvent event = requested();
    failure = new Refusal(Reason.INSUFFICIENT_POINTS, "The wallet is empty.");

    reception.receive(event);
    failure = null;
    reception.receive(event);

    assertThat(reacted).isEmpty();
    assertThat(told)
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.kind()).isEqualTo("POINTS_REFUSED");
              assertThat(refused.refusal().reason()).isEqualTo(Reason.INSUFFICIENT_POINTS);
              assertThat(refused.detail()).isEqualTo("The wallet is empty.");
            });
  }

  @Test
  void anEventThatPoisonsItsReactionIsParkedAfterSomeAttemptsAndHoldsUpNoOther() {
    PaymentEvent poison = requested();
    failure = new DataIntegrityViolationException("poison");
    for (int attempt = 1; attempt < EventDatabase.SETTINGS.attempts(); attempt++) {
      assertThatThrownBy(() -> reception.receive(poison)).isSameAs(failure);
      assertThat(database.parked.count()).isZero();
    }

    reception.receive(poison);

    assertThat(database.parked.of(poison.paymentId()))
        .singleElement()
        .satisfies(parked -> assertThat(parked.failure()).contains("poison"));
    failure = null;
    PaymentEvent other = requested();
    reception.receive(other);
    assertThat(reacted).containsExactly(other.paymentId());
  }

  @Test
  void anErrorOfTheReactionIsCountedAsAnyOtherFailure() {
    PaymentEvent poison = requested();
    meanwhile =
        () -> {
          throw new StackOverflowError("too deep");
        };
    for (int attempt = 1; attempt < EventDatabase.SETTINGS.attempts(); attempt++) {
      assertThatThrownBy(() -> reception.receive(poison)).isInstanceOf(IllegalStateException.class);
    }

    reception.receive(poison);

    assertThat(database.parked.of(poison.paymentId())).hasSize(1);
    assertThat(reacted).isEmpty();
  }

  @Test
  void aParkedEventIsReplayedOnce() {
    PaymentEvent poison = requested();
    var replay = new Replay(database.parked, reception);
    failure = new IllegalStateException("poison");
    for (int attempt = 1; attempt < EventDatabase.SETTINGS.attempts(); attempt++) {
      assertThatThrownBy(() -> reception.receive(poison)).isSameAs(failure);
    }
    reception.receive(poison);
    Parked parked = database.parked.all(10).get(0);

    failure = new IllegalStateException("still poison");
    assertThatThrownBy(() -> replay.replay(parked)).isSameAs(failure);
    assertThat(database.parked.find(parked.event().number()))
        .hasValueSatisfying(still -> assertThat(still.failure()).contains("still poison"));

    failure = null;
    replay.replay(parked);
    replay.replay(parked);

    assertThat(reacted).containsExactly(poison.paymentId());
    assertThat(database.parked.count()).isZero();
  }

  /** It would be parked by every restart of the database. */
  @Test
  void whatFailsBecauseOfTheDatabaseIsNeverParked() {
    PaymentEvent event = requested();
    failure = new CannotAcquireLockException("busy");

    for (int attempt = 0; attempt < 3 * EventDatabase.SETTINGS.attempts(); attempt++) {
      assertThatThrownBy(() -> reception.receive(event)).isSameAs(failure);
    }

    assertThat(database.parked.count()).isZero();
    failure = null;
    reception.receive(event);
    assertThat(reacted).containsExactly(event.paymentId());
  }

  /** With the exceptions that driver and Spring make of it. */
  @Test
  void whatWaitsForALockForTooLongIsNeverParked() {
    PaymentEvent event = requested();
    database.inTransaction(() -> database.outbox.add(event, "point"));
    meanwhile =
        () -> {
          database.waitBrieflyForLocks();
          database.lockEvents();
        };

    database.transactions.executeWithoutResult(
        transaction -> {
          database.lockEvents();
          for (int attempt = 0; attempt <= EventDatabase.SETTINGS.attempts(); attempt++) {
            CompletableFuture<Void> waiting =
                CompletableFuture.runAsync(() -> reception.receive(event));
            assertThatThrownBy(waiting::join).hasCauseInstanceOf(DataAccessException.class);
          }
        });

    assertThat(database.parked.count()).isZero();
    reception.receive(event);
    assertThat(reacted).containsExactly(event.paymentId());
  }

  @Test
  void aFailedReactionLeavesNothing() {
    PaymentEvent event = requested();
    failure = new IllegalStateException("once");

    assertThatThrownBy(() -> reception.receive(event)).isSameAs(failure);

    assertThat(eventsLeft()).isZero();
    failure = null;
    reception.receive(event);
    assertThat(reacted).containsExactly(event.paymentId());
  }

  @Test
  void anEventOfALaterVersionIsParked() {
    PaymentEvent known = requested();
    PaymentEvent unknown =
        new PaymentEvent(
            1,
            "point",
            "POINTS_DOUBLED",
            known.paymentId(),
            known.userId(),
            known.reservationId(),
            500,
            null,
            null,
            null);

    Stream.generate(() -> unknown)
        .limit(EventDatabase.SETTINGS.attempts() - 1)
        .forEach(
            event ->
                assertThatThrownBy(() -> reception.receive(event))
                    .isInstanceOf(IllegalArgumentException.class));
    reception.receive(unknown);

    assertThat(database.parked.count()).isEqualTo(1);
  }

  /** It follows another, and comes from the outbox when that is acknowledged. */
  @Test
  void aCancellationIsNotHandedOverByWhoeverRecordsIt() {
    var publication = new Publication(database.outbox, told::addAll);

    database.transactions.executeWithoutResult(
        transaction ->
            publication.publish(EventDatabase.event(PAYMENT_CANCELLED, UUID.randomUUID())));

    assertThat(told).isEmpty();
    assertThat(eventsLeft()).isEqualTo(2);
  }

  private static PaymentEvent requested() {
    return EventDatabase.event(PAYMENT_REQUESTED, UUID.randomUUID()).forReader("point").numbered(1);
  }

  private long eventsLeft() {
    return database.jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single();
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopping) {
      throw new IllegalStateException(stopping);
    }
  }
}
