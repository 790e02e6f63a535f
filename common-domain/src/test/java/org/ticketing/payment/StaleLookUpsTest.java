package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.ticketing.concert.ConcertApi;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.point.PointApi;
import org.ticketing.point.PointApi.Charge;
import org.ticketing.point.PointParticipant;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.reservation.ReservationParticipant;
import org.ticketing.seat.SeatApi;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.Section;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.user.UserApi;
import org.ticketing.user.UserApi.Registration;

/** What a cache of look-ups can lead to: a refusal that comes later, and nothing else. */
@OnRealDatabase.Postgresql
class StaleLookUpsTest {

  private static final long PRICE = 10;
  private static final Duration AT_MOST = Duration.ofSeconds(30);

  @Autowired private UserApi users;
  @Autowired private ConcertApi concerts;
  @Autowired private SeatApi seats;
  @Autowired private ReservationApi reservations;
  @Autowired private ReservationParticipant reservation;
  @Autowired private PointApi wallets;
  @Autowired private PointParticipant points;
  @Autowired private Payments record;
  @Autowired private PaymentParticipant payments;
  @Autowired private PaymentObservations observations;
  @Autowired private PaymentLog log;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private JdbcClient jdbc;

  private final AtomicLong nanos = new AtomicLong();
  private LookUps lookUps;
  private PaymentService service;
  private UUID user;
  private UUID held;

  @BeforeEach
  void aCustomerWithoutPointsWhoHasTriedToPay() {
    lookUps =
        new LookUps(
            users,
            reservations,
            LookUpMode.IN_PARALLEL,
            new RememberedLookUps(AT_MOST, nanos::get));
    service =
        new PaymentService(
            record, lookUps, this::inOneTransaction, new Failures(), observations, log);
    user =
        users
            .register(new Registration(UUID.randomUUID() + "@example.org", "Ann", "correct horse"))
            .id();
    var signedIn = new TestingAuthenticationToken(user.toString(), null, "ROLE_USER");
    SecurityContextHolder.setContext(new SecurityContextImpl(signedIn));
    held = reservations.reserve(new ReservationRequest(aSeat(), null)).id();
    assertRefused(Reason.INSUFFICIENT_POINTS, this::pay);
  }

  @AfterEach
  void end() {
    lookUps.destroy();
    SecurityContextHolder.clearContext();
  }

  @Test
  void aWithdrawnUserIsTakenForActiveForSoLongAtMostAndPaysNothing() {
    reservations.cancel(held);
    users.withdraw(user);

    nanos.addAndGet(AT_MOST.toNanos() - 1);
    assertRefused(Reason.INSUFFICIENT_POINTS, this::pay);
    nanos.incrementAndGet();
    assertRefused(Reason.USER_WITHDRAWN, this::pay);

    assertThat(record.ofUser(user, 0, 10)).allMatch(payment -> payment.is(Status.FAILED));
    assertThat(reservations.find(held).status()).isEqualTo(ReservationApi.Status.CANCELLED);
  }

  @Test
  void nobodyPaysAPriceThatIsNotTheReservationsAnyMore() {
    wallets.charge(user, "enough", new Charge(5 * PRICE));
    changePrice(2 * PRICE);

    assertRefused(Reason.PRICE_CHANGED, this::pay);
    assertThat(wallets.wallet(user).balance()).isEqualTo(5 * PRICE);
    assertThat(reservations.find(held).status()).isEqualTo(ReservationApi.Status.HELD);

    assertThat(pay().amount()).isEqualTo(2 * PRICE);
    assertThat(wallets.wallet(user).balance()).isEqualTo(3 * PRICE);
  }

  @Test
  void aReservationThatIsNotHeldAnyMoreIsRefusedWhenItIsCompleted() {
    wallets.charge(user, "enough", new Charge(PRICE));
    reservations.cancel(held);

    assertRefused(Reason.RESERVATION_NOT_HELD, this::pay);

    assertThat(wallets.wallet(user).balance()).isEqualTo(PRICE);
  }

  private Receipt pay() {
    return service.pay(new Order(user, UUID.randomUUID().toString(), held), () -> {});
  }

  private Receipt inOneTransaction(PaymentCommand payment) {
    new TransactionTemplate(transactions)
        .executeWithoutResult(
            transaction -> {
              payments.request(payment);
              points.use(payment.paymentId(), payment.userId(), payment.amount());
              reservation.complete(payment.paymentId(), payment.reservationId(), payment.amount());
              payments.complete(payment.paymentId());
            });
    return payment.receipt();
  }

  /** No service does this; if one did, it would do it so. */
  private void changePrice(long price) {
    jdbc.sql("UPDATE reservation SET price = :price WHERE id = :id")
        .param("price", price)
        .param("id", held)
        .update();
  }

  private UUID aSeat() {
    UUID concert = concerts.create(new ConcertDetails("The Two Generals", "")).id();
    Instant nextYear = Instant.now().plus(365, ChronoUnit.DAYS);
    UUID schedule = concerts.schedule(concert, new ScheduleDetails("Hall", nextYear)).id();
    seats.layOut(schedule, new Layout(List.of(new Section("Stalls", "A", 1, 1, PRICE))));
    return seats.seats(schedule, true).get(0).id();
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}
