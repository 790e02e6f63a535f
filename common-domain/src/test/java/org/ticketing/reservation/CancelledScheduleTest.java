package org.ticketing.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.ticketing.concert.ConcertApi;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.concert.ScheduleCopies.ScheduleVersion;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.point.PointApi;
import org.ticketing.point.PointApi.Charge;
import org.ticketing.point.PointParticipant;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.reservation.ReservationApi.Status;
import org.ticketing.seat.SeatApi;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.SeatView;
import org.ticketing.seat.SeatApi.Section;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.user.UserApi;
import org.ticketing.user.UserApi.Registration;

/**
 * What becomes of reservations and payments when their schedule is cancelled or begins. The steps
 * of payments are made here one by one, in the ways of the different protocols.
 */
@OnRealDatabase.Postgresql
class CancelledScheduleTest {

  private static final long PRICE = 10;
  private static final long POINTS = 100;

  @Autowired private ConcertApi concerts;
  @Autowired private SeatApi seats;
  @Autowired private UserApi users;
  @Autowired private PointApi wallets;
  @Autowired private HoldingSeat holding;
  @Autowired private ReservationService reservations;
  @Autowired private EndingReservations ending;
  @Autowired private ReservationParticipant reservation;
  @Autowired private PointParticipant points;
  @Autowired private PaymentParticipant payments;
  @Autowired private JdbcClient jdbc;
  @Autowired private DataSource dataSource;

  private final UUID payment = UUID.randomUUID();
  private UUID concert;
  private UUID schedule;
  private Iterator<SeatView> free;
  private UUID user;

  @BeforeEach
  void aScheduleAndACustomer() {
    concert = concerts.create(new ConcertDetails("The Two Generals", "")).id();
    schedule = concerts.schedule(concert, at(nextYear())).id();
    seats.layOut(schedule, new Layout(List.of(new Section("Stalls", "A", 1, 10, PRICE))));
    free = seats.seats(schedule, true).iterator();
    user = register();
    wallets.charge(user, "opening", new Charge(POINTS));
  }

  @Test
  void whatIsHeldEndsAndWhatIsPaidIsRefundedAndToldToPartners() {
    UUID held = hold();
    UUID paid = hold();
    pay(paid);

    concerts.cancelSchedule(schedule);

    await().until(() -> isRefunded(payment));
    assertThat(statusOf(held)).isEqualTo(Status.CANCELLED);
    assertThat(statusOf(paid)).isEqualTo(Status.CANCELLED);
    assertThat(reservations.find(paid).paymentId()).isEqualTo(payment);
    assertThat(balance()).isEqualTo(POINTS);
    await().until(() -> events(payment).equals(List.of("SOLD", "CANCELLED")));
  }

  @Test
  void cancellingAConcertCancelsItsSchedules() {
    UUID paid = hold();
    pay(paid);

    concerts.cancel(concert);

    await().until(() -> isRefunded(payment));
    assertThat(balance()).isEqualTo(POINTS);
  }

  @Test
  void fromTheAnswerOnNothingIsHeldOrPaid() {
    UUID one = hold();
    UUID other = hold();
    UUID seat = free.next().id();

    concerts.cancelSchedule(schedule);

    assertRefused(Reason.NOT_ON_SALE, () -> reservation.complete(payment, one, PRICE));
    assertRefused(Reason.NOT_ON_SALE, () -> reservation.tryComplete(payment, other, PRICE));
    assertRefused(
        Reason.NOT_ON_SALE, () -> holding.hold(user, null, new ReservationRequest(seat, null)));
  }

  /** As if the schedule had been looked up before it was cancelled. */
  @Test
  void aLookUpThatIsOutOfDateHoldsNoSeat() {
    SeatApi.SeatPrice seat = seats.find(free.next().id());
    reservations.prepare(user, schedule, nextYear());
    concerts.cancelSchedule(schedule);
    assertRefused(Reason.NOT_ON_SALE, () -> reservations.reserve(user, null, seat, null));

    UUID neverHeld = concerts.schedule(concert, at(nextYear())).id();
    concerts.cancelSchedule(neverHeld);
    reservations.prepare(user, neverHeld, nextYear());
    var seatOfIt = new SeatApi.SeatPrice(UUID.randomUUID(), neverHeld, PRICE);
    assertRefused(Reason.NOT_ON_SALE, () -> reservations.reserve(user, null, seatOfIt, null));
  }

  @Test
  void whatHasBegunIsNeitherHeldNorPaid() {
    UUID one = hold();
    UUID other = hold();
    UUID seat = free.next().id();

    concerts.changeSchedule(schedule, at(Instant.now().minusSeconds(1)));

    assertRefused(Reason.NOT_ON_SALE, () -> reservation.complete(payment, one, PRICE));
    assertRefused(Reason.NOT_ON_SALE, () -> reservation.tryComplete(payment, other, PRICE));
    assertRefused(
        Reason.NOT_ON_SALE, () -> holding.hold(user, null, new ReservationRequest(seat, null)));
  }

  @Test
  void aScheduleThatIsPutOffCanBePaidUntilItBegins() {
    UUID held = hold();
    concerts.changeSchedule(schedule, at(Instant.now().minusSeconds(1)));
    concerts.changeSchedule(schedule, at(nextYear()));
    reservation.complete(payment, held, PRICE);
    assertThat(statusOf(held)).isEqualTo(Status.CONFIRMED);
  }

  @Test
  void aVersionThatArrivesLateChangesNothing() {
    UUID held = hold();
    ending.change(schedule, new ScheduleVersion(2, nextYear(), true));
    ending.change(schedule, new ScheduleVersion(1, nextYear(), false));
    assertRefused(Reason.NOT_ON_SALE, () -> reservation.complete(payment, held, PRICE));
  }

  /** As under two-phase commit, while the coordinator is away. */
  @Test
  void aPaymentThatHasLockedItsReservationIsRefundedWhenItCommits() throws SQLException {
    UUID held = hold();
    request(held);
    try (Connection branch = dataSource.getConnection()) {
      branch.setAutoCommit(false);
      branch
          .createStatement()
          .execute(
              "UPDATE reservation SET status = 'CONFIRMED', payment_id = '%s' WHERE id = '%s'"
                  .formatted(payment, held));
      concerts.cancelSchedule(schedule);
      assertThat(ending.end(schedule)).isFalse();
      assertThat(statusOf(held)).isEqualTo(Status.HELD);
      points.use(payment, user, PRICE);
      payments.complete(payment);
      branch.commit();
      branch.setAutoCommit(true);
    }
    await().until(() -> isRefunded(payment));
    assertThat(statusOf(held)).isEqualTo(Status.CANCELLED);
    assertThat(balance()).isEqualTo(POINTS);
  }

  /** As under TCC, where the payment can be confirmed long before the points are. */
  @Test
  void aPaymentThatIsBeingConfirmedIsRefundedWhenAllHaveConfirmed() {
    UUID held = hold();
    request(held);
    points.reserve(payment, user, PRICE);
    reservation.tryComplete(payment, held, PRICE);

    concerts.cancelSchedule(schedule);
    payments.complete(payment);
    reservation.confirm(payment, held);
    await().until(() -> isRefundRequested(payment));
    assertThat(ending.end(schedule)).isFalse();
    assertThat(isRefunded(payment)).isFalse();

    points.confirm(payment, user);
    await().until(() -> isRefunded(payment));
    reservation.confirm(payment, held);
    points.confirm(payment, user);
    assertThat(statusOf(held)).isEqualTo(Status.CANCELLED);
    assertThat(balance()).isEqualTo(POINTS);
  }

  /** As in a saga, which compensates a step that was done for good. */
  @Test
  void aPaymentThatIsUndoneIsNotRefundedAsWell() {
    UUID held = hold();
    request(held);
    points.use(payment, user, PRICE);
    reservation.complete(payment, held, PRICE);

    concerts.cancelSchedule(schedule);
    await().until(() -> isRefundRequested(payment));
    reservation.reopen(payment, held);
    points.refund(payment, user);
    payments.cancel(payment);

    await().until(() -> statusOf(held) == Status.CANCELLED && !isRefundRequested(payment));
    assertThat(balance()).isEqualTo(POINTS);
    assertThat(isRefunded(payment)).isFalse();
  }

  @Test
  void aRefundGoesAlsoIntoTheWalletOfAUserWhoHasWithdrawnAfterTheConcert() {
    long untilEmpty = POINTS - PRICE;
    UUID paid = hold();
    pay(paid);
    points.use(UUID.randomUUID(), user, untilEmpty);
    concerts.changeSchedule(schedule, at(Instant.now().minusSeconds(1)));
    users.withdraw(user);

    concerts.cancelSchedule(schedule);

    await().until(() -> isRefunded(payment));
    assertThat(balance()).isEqualTo(PRICE);
  }

  private void pay(UUID held) {
    request(held);
    points.use(payment, user, PRICE);
    reservation.complete(payment, held, PRICE);
    payments.complete(payment);
  }

  private void request(UUID held) {
    payments.request(new PaymentCommand(payment, "key " + payment, user, held, PRICE));
  }

  private UUID hold() {
    return holding.hold(user, null, new ReservationRequest(free.next().id(), null)).id();
  }

  private UUID register() {
    String email = UUID.randomUUID() + "@example.org";
    return users.register(new Registration(email, "Ann", "correct horse")).id();
  }

  private Status statusOf(UUID id) {
    return reservations.find(id).status();
  }

  private long balance() {
    return wallets.wallet(user).balance();
  }

  private boolean isRefunded(UUID paymentId) {
    return exists("payment WHERE id = :payment AND refunded_at IS NOT NULL", paymentId);
  }

  private boolean isRefundRequested(UUID paymentId) {
    return exists("refund WHERE payment_id = :payment", paymentId);
  }

  private boolean exists(String what, UUID paymentId) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM " + what + ")")
        .param("payment", paymentId)
        .query(Boolean.class)
        .single();
  }

  private List<String> events(UUID paymentId) {
    return jdbc.sql("SELECT event FROM sale WHERE payment_id = :payment ORDER BY number")
        .param("payment", paymentId)
        .query(String.class)
        .list();
  }

  private static ScheduleDetails at(Instant start) {
    return new ScheduleDetails("Hall", start);
  }

  private static Instant nextYear() {
    return Instant.now().plus(365, ChronoUnit.DAYS);
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}
