package org.ticketing.verification.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.stack.system.SystemDescription.InDoubtQuery;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.verification.audit.Violation.Kind;
import org.ticketing.workload.Answer;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Operation.Charge;
import org.ticketing.workload.history.Operation.Pay;

/**
 * The audit and the check of answers, on databases broken by hand. They must see each fault even
 * where a constraint makes it impossible today, so those constraints are dropped first.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {

  private static final String COORDINATOR = "audit-test";
  private static final long PRICE = 100;

  private final UUID user = UUID.randomUUID();
  private final UUID payment = UUID.randomUUID();
  private final UUID reservation = UUID.randomUUID();
  private final UUID schedule = UUID.randomUUID();
  private final UUID seat = UUID.randomUUID();
  private final History history = historyOf("broken by hand");

  private long unfinished;
  private JdbcAccess payments;
  private JdbcAccess reservations;
  private JdbcAccess points;
  private SystemDatabases databases;
  private Audit audit;

  @BeforeAll
  void createTheDatabases() throws SQLException {
    LocalStack servers = OnRealDatabase.Servers.get();
    payments = servers.postgres().createDatabase("audit_payment");
    reservations = servers.postgres().createDatabase("audit_reservation");
    points = servers.mysql().createDatabase("audit_point");
    migrate(payments, "payment", "postgresql");
    migrate(payments, "partner", "postgresql");
    migrate(payments, "queue", "postgresql");
    migrate(payments, "concert", "postgresql");
    migrate(payments, "user", "postgresql");
    migrate(reservations, "reservation", "postgresql");
    migrate(points, null, "mysql");
    change(
        payments,
        "DROP INDEX payment.one_completed_payment_a_reservation",
        "ALTER TABLE payment.payment DROP CONSTRAINT one_payment_a_key",
        "ALTER TABLE payment.payment DROP CONSTRAINT payment_amount_check",
        "ALTER TABLE partner.sale DROP CONSTRAINT one_sale_and_one_cancellation_a_payment",
        "ALTER TABLE partner.sale DROP CONSTRAINT sale_price_check");
    change(
        reservations,
        "DROP INDEX reservation.one_live_reservation_a_seat",
        "DROP INDEX reservation.one_reservation_a_payment",
        "ALTER TABLE reservation.reservation DROP CONSTRAINT paid_by_a_payment",
        "ALTER TABLE reservation.reservation DROP CONSTRAINT reservation_price_check");
    change(
        points,
        "ALTER TABLE point_entry DROP INDEX one_use_and_one_refund_a_payment",
        "ALTER TABLE point_entry DROP CONSTRAINT entry_of_its_kind",
        "ALTER TABLE point_entry DROP FOREIGN KEY entry_of_a_wallet",
        "ALTER TABLE point_entry DROP INDEX one_charge_a_key",
        "ALTER TABLE wallet DROP CONSTRAINT reserved_within_balance");
    databases =
        new SystemDatabases(
            Described.SPLIT,
            Map.of(
                "payment", payments,
                "reservation", reservations,
                "point", points,
                "partner", payments,
                "queue", payments,
                "concert", payments,
                "user", payments),
            List.of(
                new InDoubtQuery(
                    "payment branches prepared",
                    "payment",
                    "SELECT gid FROM pg_prepared_xacts WHERE database = current_database()",
                    null,
                    null),
                new InDoubtQuery(
                    "point branches prepared", "point", "XA RECOVER", "data", COORDINATOR)),
            Map.of("seata", () -> unfinished));
    history.add(pay(Answer.completed(payment)));
  }

  private static void migrate(JdbcAccess database, String schema, String vendor) {
    var flyway =
        Flyway.configure()
            .dataSource(database.url(), database.user(), database.password())
            .locations(
                "classpath:db/migration/" + (schema == null ? "point" : schema) + "/" + vendor);
    (schema == null ? flyway : flyway.schemas(schema)).load().migrate();
  }

  @BeforeEach
  void aPaymentThatCompleted() throws SQLException {
    audit = new Audit(databases, history);
    change(payments, paymentRow(payment, "COMPLETED"), saleRow(1, payment));
    change(reservations, reservationRow(reservation, "CONFIRMED", payment));
    change(points, walletRow(user, 400), charge(500, "k"), entry("USE", -PRICE, payment));
  }

  @AfterEach
  void emptyTheDatabases() throws SQLException {
    unfinished = 0;
    change(
        payments,
        "DELETE FROM payment.follow_up",
        "DELETE FROM payment.payment",
        "DELETE FROM payment.accepted_payment",
        "DELETE FROM payment.refund",
        "DELETE FROM partner.sale",
        "DELETE FROM queue.queue_token",
        "DELETE FROM concert.schedule",
        "DELETE FROM concert.concert",
        "DELETE FROM \"user\".app_user");
    change(
        reservations,
        "DELETE FROM reservation.reservation",
        "DELETE FROM reservation.schedule_copy",
        "DELETE FROM reservation.customer");
    change(
        points, "DELETE FROM point_reservation", "DELETE FROM point_entry", "DELETE FROM wallet");
  }

  @Test
  void findsNothingInSoundBooks() {
    assertThat(audit.now().isClean()).isTrue();
    assertThat(audit.now().payments()).isEqualTo(1);
    assertThat(contradictions()).isEmpty();
  }

  @Test
  void seesACompletedPaymentWhosePointsWereNeverUsed() throws SQLException {
    change(points, "DELETE FROM point_entry WHERE kind = 'USE'", "UPDATE wallet SET balance = 500");
    assertFinds(Kind.COMPLETED_WITHOUT_POINTS, payment);
  }

  @Test
  void seesACompletedPaymentWhosePointsWereUsedTwice() throws SQLException {
    change(points, entry("USE", -PRICE, payment), "UPDATE wallet SET balance = 300");
    assertFinds(Kind.COMPLETED_WITHOUT_POINTS, payment);
  }

  @Test
  void seesACompletedPaymentWhosePointsWereGivenBack() throws SQLException {
    change(points, entry("REFUND", PRICE, payment), "UPDATE wallet SET balance = 500");
    assertFinds(Kind.COMPLETED_WITHOUT_POINTS, payment);
  }

  @Test
  void seesACompletedPaymentOfAnotherAmount() throws SQLException {
    change(
        points,
        "UPDATE point_entry SET amount = -1 WHERE kind = 'USE'",
        "UPDATE wallet SET balance = 499");
    assertFinds(Kind.COMPLETED_WITHOUT_POINTS, payment);
  }

  @Test
  void seesACompletedPaymentOutOfAnotherUsersWallet() throws SQLException {
    UUID other = UUID.randomUUID();
    change(
        points,
        walletRow(other, 0),
        "INSERT INTO point_entry (user_id, kind, amount, charge_key)"
            + " VALUES ('%s', 'CHARGE', 100, 'k')".formatted(other),
        "UPDATE point_entry SET user_id = '%s' WHERE kind = 'USE'".formatted(other),
        "UPDATE wallet SET balance = 500 WHERE user_id = '%s'".formatted(user));
    assertFinds(Kind.COMPLETED_WITHOUT_POINTS, payment);
  }

  @ParameterizedTest
  @EnumSource(
      value = ReservationApi.Status.class,
      names = {"HELD", "CANCELLED", "EXPIRED"})
  void seesACompletedPaymentWhoseReservationIsNotConfirmed(ReservationApi.Status status)
      throws SQLException {
    change(
        reservations,
        "UPDATE reservation.reservation SET payment_id = NULL, status = '%s'".formatted(status));
    assertFinds(Kind.COMPLETED_WITHOUT_RESERVATION, payment);
  }

  @Test
  void seesACompletedPaymentWhoseReservationAnotherPaymentConfirmed() throws SQLException {
    UUID other = UUID.randomUUID();
    change(reservations, "UPDATE reservation.reservation SET payment_id = '%s'".formatted(other));
    assertThat(audit.now().violations())
        .extracting(Violation::kind, Violation::subject)
        .containsExactlyInAnyOrder(
            tuple(Kind.COMPLETED_WITHOUT_RESERVATION, payment),
            tuple(Kind.RESERVATION_WITHOUT_PAYMENT, other));
  }

  @Test
  void seesPointsUsedForAPaymentThatFailed() throws SQLException {
    becomes("FAILED");
    change(reservations, "UPDATE reservation.reservation SET payment_id = NULL, status = 'HELD'");
    assertFinds(Kind.POINTS_WITHOUT_PAYMENT, payment);
  }

  @Test
  void seesPointsUsedForAPaymentThatIsNotRecorded() throws SQLException {
    change(payments, "DELETE FROM payment.payment", "DELETE FROM partner.sale");
    change(reservations, "UPDATE reservation.reservation SET payment_id = NULL, status = 'HELD'");
    assertFinds(Kind.POINTS_WITHOUT_PAYMENT, payment);
  }

  @Test
  void seesPointsUsedForAPaymentThatNeverFinishedAndThatItIsInDoubt() throws SQLException {
    becomes("REQUESTED");
    change(reservations, "UPDATE reservation.reservation SET payment_id = NULL, status = 'HELD'");
    assertFinds(Kind.POINTS_WITHOUT_PAYMENT, payment);
    assertThat(audit.now().inDoubt()).isEqualTo(Map.of("payments requested", 1L));
  }

  @Test
  void seesAnAcceptedPaymentThatNobodyMakesAnyMore() throws SQLException {
    UUID lost = UUID.randomUUID();
    change(payments, paymentRow(lost, "REQUESTED"), waits(lost));
    assertFinds(Kind.ACCEPTED_AND_LOST, lost);
  }

  @Test
  void anAcceptedPaymentThatWaitsIsInDoubt() throws SQLException {
    UUID waiting = UUID.randomUUID();
    change(payments, paymentRow(waiting, "REQUESTED"), waits(waiting), acceptedRow(waiting, null));
    AuditReport report = audit.now();
    assertThat(report.violations()).isEmpty();
    assertThat(report.inDoubt())
        .isEqualTo(Map.of("accepted payments left", 1L, "payments requested", 1L));
  }

  @Test
  void seesAnAcceptedPaymentThatEndedOtherwiseThanItsRecordSays() throws SQLException {
    change(payments, acceptedRow(payment, "FAILED"));
    assertFinds(Kind.ENDED_OTHERWISE, payment);
  }

  private static String waits(UUID id) {
    return "UPDATE payment.payment SET amount = NULL WHERE id = '%s'".formatted(id);
  }

  private String acceptedRow(UUID id, String outcome) {
    return """
        INSERT INTO payment.accepted_payment (payment_id, user_id, turn, due_at, outcome, ended_at)
        VALUES ('%s', '%s', 0, now(), %s)"""
        .formatted(id, user, outcome == null ? "NULL, NULL" : "'" + outcome + "', now()");
  }

  @Test
  void seesAReservationConfirmedByAPaymentThatFailed() throws SQLException {
    becomes("FAILED");
    change(points, entry("REFUND", PRICE, payment), "UPDATE wallet SET balance = 500");
    assertFinds(Kind.RESERVATION_WITHOUT_PAYMENT, payment);
  }

  @Test
  void seesAReservationConfirmedByNoPayment() throws SQLException {
    UUID other = UUID.randomUUID();
    change(
        reservations,
        reservationRow(other, "CONFIRMED", null)
            .replace(seat.toString(), UUID.randomUUID().toString()));
    assertFinds(Kind.RESERVATION_WITHOUT_PAYMENT, other);
  }

  @Test
  void seesASaleOfAPaymentThatDidNotComplete() throws SQLException {
    UUID undone = UUID.randomUUID();
    change(payments, saleRow(2, undone));
    assertFinds(Kind.SALE_WITHOUT_PAYMENT, undone);
  }

  @Test
  void seesACompletedPaymentWithoutItsSale() throws SQLException {
    change(payments, "DELETE FROM partner.sale");
    assertFinds(Kind.COMPLETED_WITHOUT_SALE, payment);
  }

  @Test
  void seesACompletedPaymentWhoseSaleIsOfAnotherSeat() throws SQLException {
    change(payments, "UPDATE partner.sale SET seat_ids = '{%s}'".formatted(UUID.randomUUID()));
    assertFinds(Kind.COMPLETED_WITHOUT_SALE, payment);
  }

  @Test
  void seesACompletedPaymentWhoseSaleIsAtAnotherPrice() throws SQLException {
    change(payments, "UPDATE partner.sale SET price = price + 1");
    assertFinds(Kind.COMPLETED_WITHOUT_SALE, payment);
  }

  @Test
  void seesACompletedPaymentWhoseSaleIsOfAnotherSchedule() throws SQLException {
    change(payments, "UPDATE partner.sale SET schedule_id = '%s'".formatted(UUID.randomUUID()));
    assertFinds(Kind.COMPLETED_WITHOUT_SALE, payment);
  }

  @Test
  void seesACompletedPaymentWhoseSaleIsRecordedTwice() throws SQLException {
    change(payments, saleRow(2, payment));
    assertFinds(Kind.COMPLETED_WITHOUT_SALE, payment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAITING", "ACTIVE"})
  void seesACompletedPaymentWhoseQueueTokenGoesOn(String status) throws SQLException {
    change(payments, tokenRow(status, schedule, "now() - interval '1 hour'"));
    assertFinds(Kind.QUEUE_TOKEN_LEFT, payment);
  }

  @Test
  void aQueueTokenForSomethingElseMayGoOn() throws SQLException {
    change(
        payments,
        tokenRow("ACTIVE", schedule, "now() + interval '1 hour'"),
        tokenRow("USED", schedule, "now() - interval '1 hour'"),
        tokenRow("ACTIVE", UUID.randomUUID(), "now() - interval '1 hour'"));
    assertThat(audit.now().isClean()).isTrue();
  }

  @Test
  void seesTwoCompletedPaymentsForOneReservation() throws SQLException {
    UUID second = UUID.randomUUID();
    change(payments, paymentRow(second, "COMPLETED"), saleRow(2, second));
    change(points, entry("USE", -PRICE, second), "UPDATE wallet SET balance = 300");
    assertFinds(Kind.COMPLETED_WITHOUT_RESERVATION, second);
  }

  @Test
  void aSaleThatIsStillToBeToldIsInDoubt() throws SQLException {
    change(
        payments,
        "DELETE FROM partner.sale",
        "INSERT INTO payment.follow_up (payment_id) VALUES ('%s')".formatted(payment));
    AuditReport report = audit.now();
    assertThat(report.violations()).isEmpty();
    assertThat(report.inDoubt()).isEqualTo(Map.of("follow-ups left", 1L));
  }

  @Test
  void seesACompletedPaymentOfAnotherAmountThanThePrice() throws SQLException {
    change(reservations, "UPDATE reservation.reservation SET price = price + 1");
    change(payments, "UPDATE partner.sale SET price = price + 1");
    assertFinds(Kind.AMOUNT_DIFFERS_FROM_PRICE, payment);
  }

  @Test
  void seesACompletedPaymentByAnotherThanTheOwner() throws SQLException {
    change(
        reservations,
        "UPDATE reservation.reservation SET user_id = '%s'".formatted(UUID.randomUUID()));
    assertFinds(Kind.PAYER_IS_NOT_OWNER, payment);
  }

  @Test
  void seesARefundToAnotherWallet() throws SQLException {
    UUID other = UUID.randomUUID();
    theReservationIsHeldAgain();
    change(
        points,
        walletRow(other, PRICE),
        entry("REFUND", PRICE, payment).replace(user.toString(), other.toString()));
    assertFinds(Kind.REFUND_DIFFERS_FROM_USE, payment);
  }

  @ParameterizedTest
  @ValueSource(longs = {PRICE - 1, PRICE + 1})
  void seesARefundOfAnotherAmount(long refunded) throws SQLException {
    theReservationIsHeldAgain();
    change(
        points,
        entry("REFUND", refunded, payment),
        "UPDATE wallet SET balance = balance + %d".formatted(refunded));
    assertFinds(Kind.REFUND_DIFFERS_FROM_USE, payment);
  }

  @Test
  void seesARefundOfPointsThatWereNeverUsed() throws SQLException {
    theReservationIsHeldAgain();
    change(
        points,
        "DELETE FROM point_entry WHERE kind = 'USE'",
        entry("REFUND", PRICE, payment),
        "UPDATE wallet SET balance = 600");
    assertFinds(Kind.REFUND_DIFFERS_FROM_USE, payment);
  }

  @Test
  void seesPointsUsedAfterTheirTombstone() throws SQLException {
    theReservationIsHeldAgain();
    change(points, entry("REFUND", 0, payment));
    assertFinds(Kind.POINTS_WITHOUT_PAYMENT, payment);
  }

  @Test
  void findsNothingWhenAPaymentIsUndone() throws SQLException {
    theReservationIsHeldAgain();
    change(points, entry("REFUND", PRICE, payment), "UPDATE wallet SET balance = 500");
    assertThat(audit.now().isClean()).isTrue();
  }

  @Test
  void seesAChargeThatWasToldAndVanished() throws SQLException {
    History told = historyOf("one charge more");
    told.add(new Charge(1, 2, user, "more", 50, true));
    Audit more = new Audit(databases, told);
    change(points, charge(50, "more"), "UPDATE wallet SET balance = balance + 50");
    assertThat(more.now().isClean()).isTrue();
    change(
        points,
        "DELETE FROM point_entry WHERE charge_key = 'more'",
        "UPDATE wallet SET balance = balance - 50");
    assertFinds(more, Kind.CHARGE_LOST, user);
  }

  @Test
  void seesAChargeOfAnotherAmountThanWasTold() throws SQLException {
    change(
        points,
        "UPDATE point_entry SET amount = 499 WHERE kind = 'CHARGE'",
        "UPDATE wallet SET balance = balance - 1");
    assertThat(audit.now().violations())
        .extracting(Violation::kind, Violation::subject)
        .containsExactly(tuple(Kind.CHARGE_LOST, user), tuple(Kind.CHARGE_WITHOUT_REQUEST, user));
  }

  @Test
  void aChargeThatNobodyWasToldOfMayBeThereOrNot() {
    History told = historyOf("a charge without an answer");
    told.add(new Charge(1, 2, user, "lost", 500, false));
    assertThat(new Audit(databases, told).now().isClean()).isTrue();
  }

  @Test
  void seesAChargeThatNobodyAskedFor() throws SQLException {
    change(points, charge(50, "more"), "UPDATE wallet SET balance = balance + 50");
    assertFinds(Kind.CHARGE_WITHOUT_REQUEST, user);
  }

  @Test
  void seesAChargeThatWasMadeTwice() throws SQLException {
    change(points, charge(500, "k"), "UPDATE wallet SET balance = balance + 500");
    assertFinds(Kind.CHARGE_WITHOUT_REQUEST, user);
  }

  @Test
  void aChargeOfAUserWhomTheHistoryDoesNotKnowIsNobodysBusiness() throws SQLException {
    UUID other = UUID.randomUUID();
    change(
        points, walletRow(other, 500), charge(500, "k").replace(user.toString(), other.toString()));
    assertThat(audit.now().isClean()).isTrue();
  }

  @Test
  void seesAPointEntryThatNamesNoPayment() throws SQLException {
    change(
        points,
        "INSERT INTO point_entry (user_id, kind, amount) VALUES ('%s', 'USE', -50)".formatted(user),
        "UPDATE wallet SET balance = balance - 50");
    assertFinds(Kind.ENTRY_OF_NO_KIND, user);
  }

  @Test
  void seesAPointEntryOfAnUnknownKind() throws SQLException {
    change(
        points,
        "INSERT INTO point_entry (user_id, kind, amount) VALUES ('%s', 'GIFT', 50)".formatted(user),
        "UPDATE wallet SET balance = balance + 50");
    assertFinds(Kind.ENTRY_OF_NO_KIND, user);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -PRICE})
  void seesACompletedPaymentOfNoPointsEvenIfAllBooksSaySo(long amount) throws SQLException {
    change(
        payments,
        "UPDATE payment.payment SET amount = %d".formatted(amount),
        "UPDATE partner.sale SET price = %d".formatted(amount));
    change(reservations, "UPDATE reservation.reservation SET price = %d".formatted(amount));
    change(
        points,
        "UPDATE point_entry SET amount = %d WHERE kind = 'USE'".formatted(-amount),
        "UPDATE wallet SET balance = %d".formatted(500 - amount));
    assertFinds(Kind.ENTRY_OF_NO_KIND, user);
  }

  @Test
  void seesEntriesWithoutAWallet() throws SQLException {
    change(points, "DELETE FROM wallet");
    assertFinds(Kind.WALLET_OUT_OF_BALANCE, user);
  }

  @Test
  void seesAWalletThatHasReservedMoreThanItHas() throws SQLException {
    change(
        points,
        "INSERT INTO point_reservation VALUES ('%s', '%s', 401, 'RESERVED')"
            .formatted(UUID.randomUUID(), user),
        "UPDATE wallet SET reserved = 401");
    assertFinds(Kind.WALLET_OVERDRAWN, user);
  }

  @Test
  void reportsNothingOfAPaymentThatChangesWhileItIsAudited() throws SQLException {
    becomes("REQUESTED");
    Audit meanwhile =
        new Audit(
            databases,
            history,
            read -> {
              Books books = Books.read(read);
              becomes("COMPLETED");
              change(payments, saleRow(1, payment));
              return books;
            });
    assertThat(meanwhile.now().violations()).isEmpty();
  }

  @Test
  void reportsNothingThatOnlyTheSecondReadingShows() throws SQLException {
    Audit meanwhile =
        new Audit(
            databases,
            history,
            read -> {
              Books books = Books.read(read);
              change(points, "UPDATE wallet SET balance = balance + 1");
              return books;
            });
    assertThat(meanwhile.now().violations()).isEmpty();
    assertFinds(Kind.WALLET_OUT_OF_BALANCE, user);
  }

  @Test
  void seesThatAPaymentToldCompletedIsNot() throws SQLException {
    becomes("FAILED");
    assertThat(contradictions())
        .containsExactly("payment k: told completed, but is FAILED (some-reason)");
  }

  @Test
  void seesThatAPaymentToldCompletedIsNotRecorded() throws SQLException {
    change(payments, "DELETE FROM payment.payment");
    assertThat(contradictions()).containsExactly("payment k: told completed, but is not recorded");
  }

  @Test
  void seesThatTheKeyOfAPaymentBelongsToAnotherUser() throws SQLException {
    change(payments, "UPDATE payment.payment SET user_id = '%s'".formatted(UUID.randomUUID()));
    assertThat(contradictions()).containsExactly("payment k: told completed, but is not recorded");
  }

  @Test
  void seesThatAPaymentIsRecordedUnderAnotherKey() throws SQLException {
    change(payments, "UPDATE payment.payment SET idempotency_key = 'another'");
    assertThat(contradictions())
        .containsExactly(
            "payment k: told completed, but is not recorded",
            "payment another: is COMPLETED, but nobody asked for it");
  }

  @Test
  void seesThatAKeyHasTwoPayments() throws SQLException {
    change(payments, paymentRow(UUID.randomUUID(), "COMPLETED"));
    assertThat(contradictions()).containsExactly("payment k: is recorded 2 times");
  }

  @Test
  void seesThatAPaymentToldRefusedIsCompleted() {
    History told = new History("told wrongly");
    told.add(pay(Answer.refused("insufficient-points")));
    told.add(pay(Answer.refused("insufficient-points")));
    assertThat(new AnswerCheck(databases, told).contradictions())
        .containsExactly("payment k: told refused (insufficient-points), but is COMPLETED");
  }

  @Test
  void seesAWalletThatIsNotTheSumOfItsEntries() throws SQLException {
    change(points, "UPDATE wallet SET balance = balance + 1");
    assertFinds(Kind.WALLET_OUT_OF_BALANCE, user);
  }

  @Test
  void seesAWalletThatReservesMoreThanItsReservations() throws SQLException {
    change(points, "UPDATE wallet SET reserved = 50");
    assertFinds(Kind.WALLET_OUT_OF_BALANCE, user);
  }

  @Test
  void seesASeatSoldTwice() throws SQLException {
    change(reservations, reservationRow(UUID.randomUUID(), "HELD", null));
    assertFinds(Kind.SEAT_SOLD_TWICE, seat);
  }

  @Test
  void findsNothingWhenAPaymentForACancelledScheduleIsRefunded() throws SQLException {
    theScheduleIsCancelledAndThePaymentRefunded();
    assertThat(audit.now().isClean()).isTrue();
    assertThat(contradictions()).isEmpty();
  }

  @Test
  void seesAPaymentForACancelledScheduleThatIsNotRefunded() throws SQLException {
    theScheduleIsCancelled();
    assertThat(audit.now().violations())
        .extracting(Violation::kind, Violation::subject)
        .containsExactly(
            tuple(Kind.CANCELLED_AND_LIVE, reservation),
            tuple(Kind.CANCELLED_AND_NOT_REFUNDED, payment));
  }

  @Test
  void seesAPaymentForAScheduleOfACancelledConcertThatIsNotRefunded() throws SQLException {
    theScheduleIsCancelled();
    change(
        payments,
        "UPDATE concert.schedule SET cancelled = false",
        "UPDATE concert.concert SET cancelled = true");
    change(reservations, "DELETE FROM reservation.schedule_copy");
    assertThat(audit.now().violations())
        .extracting(Violation::kind)
        .containsExactly(Kind.CANCELLED_AND_LIVE, Kind.CANCELLED_AND_NOT_REFUNDED);
  }

  @Test
  void seesASeatThatIsHeldForACancelledSchedule() throws SQLException {
    theScheduleIsCancelledAndThePaymentRefunded();
    UUID held = UUID.randomUUID();
    change(reservations, reservationRow(held, "HELD", null));
    assertFinds(Kind.CANCELLED_AND_LIVE, held);
  }

  @Test
  void seesARefundForAScheduleThatIsNotCancelled() throws SQLException {
    theScheduleIsCancelledAndThePaymentRefunded();
    change(payments, "UPDATE concert.schedule SET cancelled = false");
    assertFinds(Kind.REFUNDED_AND_NOT_CANCELLED, payment);
  }

  @Test
  void seesARefundedPaymentWhosePointsWereNotGivenBack() throws SQLException {
    theScheduleIsCancelledAndThePaymentRefunded();
    change(
        points,
        "DELETE FROM point_entry WHERE kind = 'REFUND'",
        "UPDATE wallet SET balance = balance - %d".formatted(PRICE));
    assertFinds(Kind.REFUNDED_IN_PART, payment);
  }

  @Test
  void seesARefundedPaymentWhosePointsWereGivenBackTwice() throws SQLException {
    theScheduleIsCancelledAndThePaymentRefunded();
    change(
        points,
        entry("REFUND", PRICE, payment),
        "UPDATE wallet SET balance = balance + %d".formatted(PRICE));
    assertFinds(Kind.REFUNDED_IN_PART, payment);
  }

  @Test
  void seesARefundedPaymentWhoseTicketWasKept() throws SQLException {
    theScheduleIsCancelledAndThePaymentRefunded();
    change(reservations, "UPDATE reservation.reservation SET status = 'CONFIRMED'");
    assertThat(audit.now().violations())
        .extracting(Violation::kind)
        .containsExactly(Kind.REFUNDED_IN_PART, Kind.CANCELLED_AND_LIVE);
  }

  @Test
  void seesARefundThatNoPartnerIsToldOf() throws SQLException {
    theScheduleIsCancelledAndThePaymentRefunded();
    change(payments, "DELETE FROM partner.sale WHERE event = 'CANCELLED'");
    assertFinds(Kind.COMPLETED_WITHOUT_SALE, payment);
  }

  @Test
  void seesACancellationToldOfAPaymentThatIsNotRefunded() throws SQLException {
    change(payments, eventRow(2, "CANCELLED", payment));
    assertFinds(Kind.COMPLETED_WITHOUT_SALE, payment);
  }

  @Test
  void countsWhatACancellationHasStillToDo() throws SQLException {
    theScheduleIsCancelled();
    change(
        payments,
        "UPDATE concert.schedule SET version = 2",
        "INSERT INTO payment.refund (payment_id) VALUES ('%s')".formatted(payment));
    assertThat(audit.now().inDoubt())
        .isEqualTo(
            Map.of(
                "changed schedules to be told", 1L,
                "reservations of cancelled schedules", 1L,
                "refunds requested", 1L));
  }

  @Test
  void aUserWhoHasWithdrawnMayOwnWhatIsOver() throws SQLException {
    theUserHasWithdrawnFromAnEmptyWallet();
    assertThat(audit.now().isClean()).isTrue();
  }

  @Test
  void seesAWithdrawnUserWithPoints() throws SQLException {
    theUserHasWithdrawnFromAnEmptyWallet();
    change(
        points,
        "UPDATE point_entry SET amount = 500 WHERE kind = 'CHARGE'",
        "UPDATE wallet SET balance = 400");
    assertFinds(Kind.WITHDRAWN_WITH_POINTS, user);
  }

  @Test
  void aWithdrawnUserMayHaveWhatWasRefundedSince() throws SQLException {
    theUserHasWithdrawnFromAnEmptyWallet();
    theScheduleIsCancelledAndThePaymentRefunded();
    assertThat(new Audit(databases).now().isClean()).isTrue();
  }

  @Test
  void seesAWithdrawnUserWithATicketToCome() throws SQLException {
    theUserHasWithdrawnFromAnEmptyWallet();
    change(
        reservations, "UPDATE reservation.schedule_copy SET starts_at = now() + interval '1 hour'");
    assertFinds(Kind.WITHDRAWN_WITH_RESERVATION, user);
  }

  @Test
  void seesAWithdrawnUserWithASeatThatIsHeld() throws SQLException {
    theUserHasWithdrawnFromAnEmptyWallet();
    change(
        reservations,
        reservationRow(UUID.randomUUID(), "HELD", null)
            .replace(seat.toString(), UUID.randomUUID().toString()),
        """
        UPDATE reservation.reservation SET held_until = now() + interval '1 hour'
        WHERE status = 'HELD'""");
    assertFinds(Kind.WITHDRAWN_WITH_RESERVATION, user);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void seesAWithdrawnUserWhoIsStillOpen(boolean wallet) throws SQLException {
    theUserHasWithdrawnFromAnEmptyWallet();
    if (wallet) {
      change(points, "UPDATE wallet SET closed = false");
    } else {
      change(reservations, "UPDATE reservation.customer SET closed = false");
    }
    assertFinds(Kind.WITHDRAWN_AND_OPEN, user);
  }

  @Test
  void seesAnActiveUserWhoIsClosed() throws SQLException {
    theUserHasWithdrawnFromAnEmptyWallet();
    change(payments, "UPDATE \"user\".app_user SET status = 'ACTIVE'");
    assertFinds(Kind.ACTIVE_AND_CLOSED, user);
  }

  @Test
  void countsWithdrawalsThatAreNotAtAnEnd() throws SQLException {
    theUserHasWithdrawnFromAnEmptyWallet();
    change(payments, "UPDATE \"user\".app_user SET status = 'WITHDRAWING'");
    assertThat(audit.now().violations()).isEmpty();
    assertThat(audit.now().inDoubt()).isEqualTo(Map.of("withdrawals begun", 1L));
  }

  @Test
  void countsClaimsThatWaitForADecision() throws SQLException {
    change(
        reservations,
        reservationRow(UUID.randomUUID(), "PAYING", UUID.randomUUID())
            .replace(seat.toString(), UUID.randomUUID().toString()));
    change(
        points,
        "INSERT INTO point_reservation VALUES ('%s', '%s', 50, 'RESERVED')"
            .formatted(UUID.randomUUID(), user),
        "UPDATE wallet SET reserved = 50");
    AuditReport report = audit.now();
    assertThat(report.violations()).isEmpty();
    assertThat(report.inDoubt())
        .isEqualTo(Map.of("reservations being paid", 1L, "points reserved", 1L));
  }

  @Test
  void countsPreparedBranchesOfItsOwnCoordinatorAlone() throws SQLException {
    change(payments, "BEGIN", "SELECT 1", "PREPARE TRANSACTION 'audit-test-1'");
    prepareOnMysql("audit-test-1");
    prepareOnMysql("other-1");
    try {
      assertThat(audit.now().inDoubt())
          .isEqualTo(Map.of("payment branches prepared", 1L, "point branches prepared", 1L));
    } finally {
      change(payments, "ROLLBACK PREPARED 'audit-test-1'");
      change(points, "XA ROLLBACK 'audit-test-1'", "XA ROLLBACK 'other-1'");
    }
  }

  @Test
  void namesEverythingThatItCounts() {
    assertThat(audit.counted())
        .startsWith("transactions of the Seata server", "payment branches prepared")
        .contains("point branches prepared", "payments requested", "follow-ups left");
  }

  @Test
  void countsTransactionsThatACoordinatorHasNotFinished() {
    unfinished = 2;
    assertThat(audit.now().violations()).isEmpty();
    assertThat(audit.now().inDoubt()).isEqualTo(Map.of("transactions of the Seata server", 2L));
  }

  private void prepareOnMysql(String branch) throws SQLException {
    change(
        points,
        "XA START '%s'".formatted(branch),
        walletRow(UUID.randomUUID(), 0),
        "XA END '%s'".formatted(branch),
        "XA PREPARE '%s'".formatted(branch));
  }

  private void assertFinds(Kind kind, UUID subject) {
    assertFinds(audit, kind, subject);
  }

  private static void assertFinds(Audit audit, Kind kind, UUID subject) {
    assertThat(audit.now().violations())
        .extracting(Violation::kind, Violation::subject)
        .containsExactly(tuple(kind, subject));
  }

  private List<String> contradictions() {
    return new AnswerCheck(databases, history).contradictions();
  }

  /** Knows of the charge that the wallet was opened with. */
  private History historyOf(String name) {
    History told = new History(name);
    told.add(new Charge(1, 2, user, "k", 500, true));
    return told;
  }

  private Pay pay(Answer answer) {
    return new Pay(
        3,
        4,
        0,
        "k",
        user,
        reservation,
        PRICE,
        answer.outcome(),
        answer.reason(),
        answer.paymentId());
  }

  /** The payment has this status, and no partner is told of it. */
  private void becomes(String status) throws SQLException {
    change(
        payments,
        "DELETE FROM payment.payment",
        "DELETE FROM partner.sale",
        paymentRow(payment, status));
  }

  /** With a concert that is not, and told to the reservation service. */
  private void theScheduleIsCancelled() throws SQLException {
    UUID concert = UUID.randomUUID();
    change(
        payments,
        "INSERT INTO concert.concert VALUES ('%s', 'T', '', false)".formatted(concert),
        "INSERT INTO concert.schedule VALUES ('%s', '%s', 'Hall', now(), true, 1, 1)"
            .formatted(schedule, concert));
    change(
        reservations,
        """
        INSERT INTO reservation.schedule_copy VALUES ('%s', 1, now(), true)
        ON CONFLICT (id) DO UPDATE SET cancelled = true"""
            .formatted(schedule));
  }

  private void theScheduleIsCancelledAndThePaymentRefunded() throws SQLException {
    theScheduleIsCancelled();
    change(
        payments,
        "UPDATE payment.payment SET refunded_at = now()",
        eventRow(2, "CANCELLED", payment));
    change(reservations, "UPDATE reservation.reservation SET status = 'CANCELLED'");
    change(
        points,
        entry("REFUND", PRICE, payment),
        "UPDATE wallet SET balance = balance + %d".formatted(PRICE));
  }

  /** The payment was for a schedule that is over. */
  private void theUserHasWithdrawnFromAnEmptyWallet() throws SQLException {
    audit = new Audit(databases);
    change(
        payments,
        """
        INSERT INTO "user".app_user
        VALUES ('%s', 'a@example.org', 'Ann', '', false, 'WITHDRAWN', 1, now())"""
            .formatted(user));
    change(
        reservations,
        "INSERT INTO reservation.customer VALUES ('%s', true, 1)".formatted(user),
        "INSERT INTO reservation.schedule_copy VALUES ('%s', 0, now(), false)".formatted(schedule));
    change(
        points,
        "UPDATE point_entry SET amount = %d WHERE kind = 'CHARGE'".formatted(PRICE),
        "UPDATE wallet SET balance = 0, closed = true, withdrawal = 1");
  }

  private void theReservationIsHeldAgain() throws SQLException {
    becomes("FAILED");
    change(reservations, "UPDATE reservation.reservation SET payment_id = NULL, status = 'HELD'");
  }

  private String paymentRow(UUID id, String status) {
    return """
        INSERT INTO payment.payment (id, idempotency_key, user_id, reservation_id, amount, status,
          failure_reason, requested_at, finished_at)
        VALUES ('%s', 'k', '%s', '%s', %d, '%s', %s, now(), %s)"""
        .formatted(
            id,
            user,
            reservation,
            PRICE,
            status,
            status.equals("FAILED") ? "'some-reason'" : "NULL",
            status.equals("REQUESTED") ? "NULL" : "now()");
  }

  private String saleRow(int number, UUID paymentId) {
    return eventRow(number, "SOLD", paymentId);
  }

  private String eventRow(int number, String event, UUID paymentId) {
    return "INSERT INTO partner.sale VALUES (%d, '%s', '%s', '%s', '{%s}', %d, now())"
        .formatted(number, event, paymentId, schedule, seat, PRICE);
  }

  private static String walletRow(UUID userId, long balance) {
    return "INSERT INTO wallet (user_id, balance, reserved) VALUES ('%s', %d, 0)"
        .formatted(userId, balance);
  }

  private String reservationRow(UUID id, String status, UUID paymentId) {
    return """
        INSERT INTO reservation.reservation (id, user_id, schedule_id, seat_id, price, status,
          held_until, payment_id, created_at)
        VALUES ('%s', '%s', '%s', '%s', %d, '%s', now(), %s, now())"""
        .formatted(
            id,
            user,
            schedule,
            seat,
            PRICE,
            status,
            paymentId == null ? "NULL" : "'" + paymentId + "'");
  }

  private String entry(String kind, long amount, UUID paymentId) {
    return "INSERT INTO point_entry (user_id, kind, amount, payment_id) VALUES ('%s', '%s', %d, '%s')"
        .formatted(user, kind, amount, paymentId);
  }

  private String charge(long amount, String key) {
    return "INSERT INTO point_entry (user_id, kind, amount, charge_key)"
        + " VALUES ('%s', 'CHARGE', %d, '%s')".formatted(user, amount, key);
  }

  private String tokenRow(String status, UUID scheduleId, String issuedAt) {
    return """
        INSERT INTO queue.queue VALUES ('%2$s', 1, 1) ON CONFLICT DO NOTHING;
        INSERT INTO queue.queue_token VALUES ('%1$s', '%2$s', '%3$s',
          1 + (SELECT count(*) FROM queue.queue_token), '%4$s', %5$s, %6$s, 0)"""
        .formatted(
            UUID.randomUUID(),
            scheduleId,
            user,
            status,
            issuedAt,
            status.equals("ACTIVE") ? "now()" : "NULL");
  }

  private static void change(JdbcAccess database, String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
