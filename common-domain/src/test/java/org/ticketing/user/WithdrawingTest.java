package org.ticketing.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClientResponseException;
import org.ticketing.concert.ConcertApi;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.point.PointApi;
import org.ticketing.point.PointApi.Charge;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.seat.SeatApi;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.Section;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.user.UserApi.Registration;

/** A withdrawal, and whatever gives its user something at the same moment: one of both happens. */
@OnRealDatabase.Postgresql
class WithdrawingTest {

  private static final int TRIES = 25;

  @LocalServerPort private int port;
  @Autowired private UserApi users;
  @Autowired private ConcertApi concerts;
  @Autowired private SeatApi seats;
  @Autowired private Withdrawing withdrawing;
  @Autowired private Withdrawals withdrawals;
  @Autowired private List<Belongings> belongings;
  @Autowired private PaymentParticipant payments;
  @Autowired private JdbcClient jdbc;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private UUID user;

  @BeforeEach
  void register() {
    user = aUser();
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void besideACharge() throws Exception {
    for (int i = 0; i < TRIES; i++) {
      UUID ann = aUser();
      List<Boolean> done = atOnce(() -> withdraw(ann), () -> charge(ann));
      assertThat(done).containsOnlyOnce(true);
      assertThat(balance(ann)).isEqualTo(done.get(1) ? 1 : 0);
    }
  }

  @Test
  void besideAReservation() throws Exception {
    List<UUID> free = freeSeats();
    for (int i = 0; i < TRIES; i++) {
      UUID ann = aUser();
      UUID seat = free.get(i);
      List<Boolean> done = atOnce(() -> withdraw(ann), () -> reserve(ann, seat));
      assertThat(done).containsOnlyOnce(true);
      assertThat(as(ann).api(ReservationApi.class).ofUser(null, true, 0, 10))
          .hasSize(done.get(1) ? 1 : 0);
    }
  }

  @Test
  void besideAnother() throws Exception {
    for (int i = 0; i < TRIES; i++) {
      UUID ann = aUser();
      assertThat(atOnce(() -> withdraw(ann), () -> withdraw(ann))).contains(true);
      assertThat(users.find(ann).active()).isFalse();
    }
  }

  @Test
  void aUserWhoseWithdrawalIsRefusedCanGoOn() {
    assertThat(charge(user)).isTrue();
    assertRefused(Reason.POINTS_REMAIN, () -> withdrawing.withdraw(user));
    assertThat(reserve(user, freeSeats().get(0))).isTrue();
    assertThat(charge(user)).isTrue();
    assertThat(users.find(user).active()).isTrue();
  }

  /** A saga's payment that is refused gives points back to a wallet that looked empty. */
  @Test
  void isRefusedWhileAPaymentIsUnderWay() {
    var payment = new PaymentCommand(UUID.randomUUID(), "key", user, UUID.randomUUID(), 10);
    payments.request(payment);
    assertRefused(Reason.PAYMENT_IN_PROGRESS, () -> withdrawing.withdraw(user));
    assertThat(charge(user)).isTrue();
  }

  @Test
  void goesOnWhenTheProcessHasDied() {
    withdrawals.begin(user);
    assertThat(stagedJobs()).isPositive();
    assertThat(users.find(user).active()).isTrue();

    withdrawing.finish(user);

    assertThat(users.find(user).active()).isFalse();
    assertThat(charge(user)).isFalse();
    withdrawing.finish(user);
    withdrawing.withdraw(user);
  }

  @Test
  void ofAUserWhoHasSomethingEndsWithAnActiveUserAlsoWhenAJobGoesOn() {
    assertThat(charge(user)).isTrue();
    withdrawals.begin(user);

    withdrawing.finish(user);

    assertThat(withdrawals.resume(user)).isEmpty();
    assertThat(charge(user)).isTrue();
  }

  @Test
  void whatAnEarlierAttemptDoesLateHasNoEffect() {
    long earlier = withdrawals.begin(user).orElseThrow();
    long later = withdrawals.resume(user).orElseThrow();
    closeWith(earlier);
    closeWith(later);

    belongings.forEach(elsewhere -> elsewhere.reopen(user, earlier));
    assertThat(withdrawals.end(user, earlier, false)).isFalse();
    assertThat(charge(user)).isFalse();
    assertThat(reserve(user, freeSeats().get(0))).isFalse();

    belongings.forEach(elsewhere -> elsewhere.reopen(user, later));
    assertThat(withdrawals.end(user, later, false)).isTrue();
    for (Belongings elsewhere : belongings.subList(0, 2)) {
      assertSuperseded(() -> elsewhere.close(user, earlier));
      assertSuperseded(() -> elsewhere.close(user, later));
    }
    assertThat(charge(user)).isTrue();
    assertThat(reserve(user, freeSeats().get(0))).isTrue();
  }

  private void closeWith(long attempt) {
    belongings.forEach(elsewhere -> elsewhere.close(user, attempt));
  }

  private static void assertSuperseded(ThrowingCallable call) {
    assertThatExceptionOfType(ServiceUnavailable.class).isThrownBy(call);
  }

  private UUID aUser() {
    String email = UUID.randomUUID() + "@example.org";
    return users.register(new Registration(email, "Ann", "correct horse")).id();
  }

  private boolean withdraw(UUID ann) {
    return succeeds(() -> as(ann).api(UserApi.class).withdraw(ann));
  }

  private boolean charge(UUID ann) {
    String key = UUID.randomUUID().toString();
    return succeeds(() -> as(ann).api(PointApi.class).charge(ann, key, new Charge(1)));
  }

  private boolean reserve(UUID ann, UUID seat) {
    return succeeds(
        () -> as(ann).api(ReservationApi.class).reserve(new ReservationRequest(seat, null)));
  }

  private static boolean succeeds(Runnable request) {
    try {
      request.run();
      return true;
    } catch (RestClientResponseException refused) {
      return false;
    }
  }

  private long balance(UUID ann) {
    return as(ann).api(PointApi.class).wallet(ann).balance();
  }

  private Apis as(UUID ann) {
    return Apis.at(port).as(Bearer.user(OnRealDatabase.Servers.get().keys(), ann));
  }

  private List<UUID> freeSeats() {
    UUID concert = concerts.create(new ConcertDetails("The Two Generals", "")).id();
    var nextYear = new ScheduleDetails("Hall", Instant.now().plus(365, ChronoUnit.DAYS));
    UUID schedule = concerts.schedule(concert, nextYear).id();
    seats.layOut(schedule, new Layout(List.of(new Section("Stalls", "A", 1, TRIES, 10))));
    return seats.seats(schedule, true).stream().map(SeatApi.SeatView::id).toList();
  }

  private long stagedJobs() {
    return jdbc.sql("SELECT count(*) FROM scheduled_tasks WHERE task_name = 'finish-withdrawal'")
        .query(Long.class)
        .single();
  }

  private List<Boolean> atOnce(Callable<Boolean> one, Callable<Boolean> other) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    Future<Boolean> first = threads.submit(() -> begin(start, one));
    Future<Boolean> second = threads.submit(() -> begin(start, other));
    return List.of(first.get(), second.get());
  }

  private static boolean begin(CyclicBarrier start, Callable<Boolean> request) throws Exception {
    start.await();
    return request.call();
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}
