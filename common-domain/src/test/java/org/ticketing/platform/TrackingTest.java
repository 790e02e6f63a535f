package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.ticketing.concert.ConcertApi;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.payment.PaymentApi;
import org.ticketing.payment.PaymentApi.PaymentRequest;
import org.ticketing.payment.TransactionsApi;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.TrackingApi;
import org.ticketing.platform.tracking.TrackingApi.LogEntry;
import org.ticketing.platform.tracking.TrackingApi.LogPage;
import org.ticketing.platform.tracking.TransactionState;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.seat.SeatApi;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.Section;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.user.UserApi;
import org.ticketing.user.UserApi.Registration;

/** What a running process tells operators of a payment. */
@OnRealDatabase.Postgresql
class TrackingTest {

  @LocalServerPort private int port;

  private Apis operator;
  private UUID user;
  private UUID reservation;
  private UUID payment;

  @BeforeEach
  void aPayment() {
    var keys = OnRealDatabase.Servers.get().keys();
    Apis visitor = Apis.at(port);
    operator = visitor.as(Bearer.user(keys, UUID.randomUUID(), "OPERATOR"));
    UUID concert =
        operator.api(ConcertApi.class).create(new ConcertDetails("The Two Generals", "")).id();
    var nextYear = new ScheduleDetails("Hall", Instant.now().plus(365, ChronoUnit.DAYS));
    UUID schedule = operator.api(ConcertApi.class).schedule(concert, nextYear).id();
    operator
        .api(SeatApi.class)
        .layOut(schedule, new Layout(List.of(new Section("Stalls", "A", 1, 2, 10))));
    UUID seat = visitor.api(SeatApi.class).seats(schedule, true).get(0).id();
    user =
        visitor
            .api(UserApi.class)
            .register(new Registration(UUID.randomUUID() + "@example.org", "Ann", "correct horse"))
            .id();
    Apis owner = visitor.as(Bearer.user(keys, user));
    reservation = owner.api(ReservationApi.class).reserve(new ReservationRequest(seat, null)).id();
    payment = owner.api(PaymentApi.class).pay("key", new PaymentRequest(reservation)).paymentId();
    owner.api(PaymentApi.class).pay("key", new PaymentRequest(reservation));
  }

  @Test
  void theLogHasItsStatesAndThatTheCustomerAskedAgain() {
    List<LogEntry> entries =
        await().until(() -> log(null, 100).entries(), found -> found.size() == 3);

    assertThat(entries)
        .extracting(LogEntry::from, LogEntry::to, LogEntry::phase)
        .containsExactly(
            tuple(null, TransactionState.WORKING, null),
            tuple(TransactionState.WORKING, TransactionState.COMPLETED, null),
            tuple(null, null, "asked again"));
    assertThat(entries)
        .allMatch(entry -> entry.service().equals("payment") && entry.payment().equals(payment));
    assertThat(entries.get(0).cause()).contains(user.toString(), reservation.toString(), "key");
  }

  @Test
  void theLogIsReadPageByPage() {
    await().until(() -> log(null, 100).entries().size() == 3);

    LogPage first = log(null, 2);
    LogPage second = log(first.next(), 2);
    assertThat(first.entries()).hasSize(2);
    assertThat(second.entries()).extracting(LogEntry::phase).containsExactly("asked again");
    assertThat(log(second.next(), 2).entries()).isEmpty();
    assertThat(log(second.next(), 2).next()).isNull();
    assertThat(first.lost()).isZero();
  }

  private LogPage log(String after, int size) {
    return operator.api(TrackingApi.class).log(payment, null, after, size);
  }

  @Test
  void itsRowIsShown() {
    assertThat(operator.api(TrackingApi.class).holdings(payment, null))
        .extracting(Holding::participant, Holding::state, Holding::meaning, Holding::waiting)
        .contains(tuple("payment", "COMPLETED", Meaning.DONE, List.of()));
    assertThat(operator.api(TrackingApi.class).holdings(UUID.randomUUID(), null)).isEmpty();
    assertThat(operator.api(TrackingApi.class).holdings(null, "an xid of nobody")).isEmpty();
  }

  @Test
  void itIsListedAndCounted() {
    TransactionSummary listed =
        operator
            .api(TransactionsApi.class)
            .list("all", user, null, null, null, null, null, null, null, 10)
            .transactions()
            .get(0);

    assertThat(listed.payment()).isEqualTo(payment);
    assertThat(listed.state()).isEqualTo(TransactionState.COMPLETED);
    assertThat(listed.outcome()).isEqualTo("completed");
    assertThat(listed.endedAt()).isNotNull();
    assertThat(operator.api(TransactionsApi.class).find(payment.toString()).transaction())
        .isEqualTo(listed);
    await()
        .untilAsserted(
            () ->
                assertThat(operator.api(TransactionsApi.class).counts().byOutcome())
                    .containsKey("completed"));
  }
}
