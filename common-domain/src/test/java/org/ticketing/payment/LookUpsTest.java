package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.InOrder;
import org.slf4j.MDC;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.ticketing.platform.LogField;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.reservation.ReservationApi.Status;
import org.ticketing.testing.Observed;
import org.ticketing.user.UserApi;
import org.ticketing.user.UserApi.UserView;

class LookUpsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ObservationRegistry registry = new Observed().registry();
  private final UserApi users = mock();
  private final ReservationApi reservations = mock();
  private final AtomicLong nanos = new AtomicLong();
  private final List<LookUps> made = new ArrayList<>();
  private final Order order = new Order(UUID.randomUUID(), "key", UUID.randomUUID());

  @BeforeEach
  void anActiveUserAndAHeldReservation() {
    when(users.find(order.userId())).thenReturn(user(true));
    when(reservations.find(order.reservationId())).thenReturn(reservation(Status.HELD, 100));
  }

  @AfterEach
  void clear() {
    made.forEach(LookUps::destroy);
    MDC.clear();
    SecurityContextHolder.clearContext();
  }

  @Test
  void aLookUpInAnotherThreadIsAPartOfThePaymentAndForItsUser() {
    List<Object> seen = new ArrayList<>();
    doAnswer(
            lookUp -> {
              seen.add(Thread.currentThread());
              seen.add(registry.getCurrentObservation());
              seen.add(MDC.get("payment"));
              seen.add(SecurityContextHolder.getContext().getAuthentication());
              return reservation(Status.HELD, 100);
            })
        .when(reservations)
        .find(order.reservationId());
    var caller = new TestingAuthenticationToken("ann", null);
    SecurityContextHolder.setContext(new SecurityContextImpl(caller));
    UUID payment = UUID.randomUUID();
    LogField.PAYMENT.set(payment);
    Observation paying = Observation.start("paying", registry);

    paying.scoped(() -> lookUps(LookUpMode.IN_PARALLEL).commandFor(payment, order));

    assertThat(seen.get(0)).isNotSameAs(Thread.currentThread());
    assertThat(seen.subList(1, 4)).containsExactly(paying, payment.toString(), caller);
  }

  @Test
  void inParallelNeitherLookUpWaitsForTheOther() {
    CountDownLatch both = new CountDownLatch(2);
    when(users.find(order.userId()))
        .then(
            lookUp -> {
              meet(both);
              return user(true);
            });
    when(reservations.find(order.reservationId()))
        .then(
            lookUp -> {
              meet(both);
              return reservation(Status.HELD, 100);
            });

    assertThat(price(lookUps(LookUpMode.IN_PARALLEL))).isEqualTo(100);
  }

  @Test
  void inSequenceTheReservationOfAUserWhoMayNotPayIsNotLookedUp() {
    LookUps inSequence = lookUps(LookUpMode.IN_SEQUENCE);
    assertThat(price(inSequence)).isEqualTo(100);
    InOrder inOrder = inOrder(users, reservations);
    inOrder.verify(users).find(order.userId());
    inOrder.verify(reservations).find(order.reservationId());

    when(users.find(order.userId())).thenReturn(user(false));
    assertRefused(Reason.USER_WITHDRAWN, () -> price(inSequence));
    verify(reservations).find(order.reservationId());
  }

  @Test
  void inOneCallTheUserIsNotLookedUp() {
    assertThat(price(lookUps(LookUpMode.IN_ONE_CALL))).isEqualTo(100);
    verify(users, never()).find(order.userId());
  }

  @ParameterizedTest
  @EnumSource
  void aReservationThatIsNotHeldOrIsSomebodyElsesIsRefused(LookUpMode mode) {
    when(reservations.find(order.reservationId())).thenReturn(reservation(Status.CANCELLED, 100));
    assertRefused(Reason.RESERVATION_NOT_HELD, () -> price(lookUps(mode)));

    Order stranger = new Order(UUID.randomUUID(), "key", order.reservationId());
    when(users.find(stranger.userId())).thenReturn(user(true));
    assertRefused(
        Reason.NOT_YOUR_RESERVATION, () -> lookUps(mode).commandFor(UUID.randomUUID(), stranger));
  }

  @ParameterizedTest
  @EnumSource(names = {"IN_SEQUENCE", "IN_PARALLEL"})
  void ofTwoRefusalsTheUsersIsTold(LookUpMode mode) {
    when(users.find(order.userId())).thenReturn(user(false));
    when(reservations.find(order.reservationId())).thenReturn(reservation(Status.CANCELLED, 100));
    assertRefused(Reason.USER_WITHDRAWN, () -> price(lookUps(mode)));
  }

  @ParameterizedTest
  @EnumSource(names = {"IN_SEQUENCE", "IN_PARALLEL"})
  void withoutACacheEachPaymentLooksForItself(LookUpMode mode) {
    LookUps lookUps = lookUps(mode);
    price(lookUps);
    price(lookUps);
    verify(users, times(2)).find(order.userId());
    verify(reservations, times(2)).find(order.reservationId());
  }

  @ParameterizedTest
  @EnumSource(names = {"IN_SEQUENCE", "IN_PARALLEL"})
  void whatIsRememberedIsLookedUpAgainWhenItIsTooOld(LookUpMode mode) {
    LookUps lookUps = lookUps(mode, MINUTE);
    price(lookUps);
    when(users.find(order.userId())).thenReturn(user(false));

    nanos.addAndGet(MINUTE.toNanos() - 1);
    assertThat(price(lookUps)).isEqualTo(100);
    verify(users).find(order.userId());
    verify(reservations).find(order.reservationId());

    nanos.incrementAndGet();
    assertRefused(Reason.USER_WITHDRAWN, () -> price(lookUps));
  }

  @Test
  void aPriceIsRememberedForItsCustomerAlone() {
    LookUps lookUps = lookUps(LookUpMode.IN_ONE_CALL, MINUTE);
    price(lookUps);
    Order stranger = new Order(UUID.randomUUID(), "key", order.reservationId());
    assertRefused(
        Reason.NOT_YOUR_RESERVATION, () -> lookUps.commandFor(UUID.randomUUID(), stranger));
  }

  @Test
  void refusalsAreNotRemembered() {
    LookUps lookUps = lookUps(LookUpMode.IN_SEQUENCE, MINUTE);
    when(users.find(order.userId())).thenReturn(user(false));
    assertRefused(Reason.USER_WITHDRAWN, () -> price(lookUps));
    when(users.find(order.userId())).thenReturn(user(true));
    when(reservations.find(order.reservationId())).thenReturn(reservation(Status.CANCELLED, 100));
    assertRefused(Reason.RESERVATION_NOT_HELD, () -> price(lookUps));
    when(reservations.find(order.reservationId())).thenReturn(reservation(Status.HELD, 100));
    assertThat(price(lookUps)).isEqualTo(100);
  }

  @Test
  void whatHasTurnedOutToBeWrongIsLookedUpAgain() {
    LookUps lookUps = lookUps(LookUpMode.IN_PARALLEL, MINUTE);
    price(lookUps);
    when(reservations.find(order.reservationId())).thenReturn(reservation(Status.HELD, 120));
    assertThat(price(lookUps)).isEqualTo(100);
    lookUps.forget(order);
    assertThat(price(lookUps)).isEqualTo(120);
  }

  private LookUps lookUps(LookUpMode mode) {
    return lookUps(mode, Duration.ZERO);
  }

  private LookUps lookUps(LookUpMode mode, Duration cacheFor) {
    var remembered = new RememberedLookUps(cacheFor, nanos::get);
    LookUps lookUps = new LookUps(users, reservations, mode, remembered);
    made.add(lookUps);
    return lookUps;
  }

  private long price(LookUps lookUps) {
    return lookUps.commandFor(UUID.randomUUID(), order).amount();
  }

  private static void meet(CountDownLatch both) throws InterruptedException {
    both.countDown();
    assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private UserView user(boolean active) {
    return new UserView(order.userId(), "ann@example.org", "Ann", active);
  }

  private ReservationView reservation(Status status, long price) {
    return new ReservationView(
        order.reservationId(),
        order.userId(),
        UUID.randomUUID(),
        UUID.randomUUID(),
        price,
        status,
        Instant.MAX,
        null);
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}
