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
import org.ticketing.reservation.ReservationApi;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.stack.system.SystemDescription.InDoubtQuery;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.verification.audit.Violation.Kind;

/**
 * The audit, on databases broken by hand. It must see each fault even where a constraint makes it
 * impossible today, so those constraints are dropped first.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {

  private static final String COORDINATOR = "audit-test";
  private static final long PRICE = 100;

  private final UUID user = UUID.randomUUID();
  private final UUID payment = UUID.randomUUID();
  private final UUID reservation = UUID.randomUUID();
  private final UUID seat = UUID.randomUUID();

  private JdbcAccess payments;
  private JdbcAccess reservations;
  private JdbcAccess points;
  private Audit audit;

  @BeforeAll
  void createTheDatabases() throws SQLException {
    LocalStack servers = OnRealDatabase.Servers.get();
    payments = servers.postgres().createDatabase("audit_payment");
    reservations = servers.postgres().createDatabase("audit_reservation");
    points = servers.mysql().createDatabase("audit_point");
    migrate(payments, "payment", "postgresql");
    migrate(payments, "partner", "postgresql");
    migrate(reservations, "reservation", "postgresql");
    migrate(points, null, "mysql");
    change(
        reservations,
        "DROP INDEX reservation.one_live_reservation_a_seat",
        "DROP INDEX reservation.one_reservation_a_payment",
        "ALTER TABLE reservation.reservation DROP CONSTRAINT paid_by_a_payment");
    change(
        points,
        "ALTER TABLE point_entry DROP INDEX one_use_and_one_refund_a_payment",
        "ALTER TABLE wallet DROP CONSTRAINT reserved_within_balance");
    audit =
        new Audit(
            new SystemDatabases(
                Map.of(
                    "payment", payments,
                    "reservation", reservations,
                    "point", points,
                    "partner", payments),
                List.of(
                    new InDoubtQuery(
                        "payment branches prepared",
                        "payment",
                        "SELECT gid FROM pg_prepared_xacts WHERE database = current_database()",
                        null,
                        null),
                    new InDoubtQuery(
                        "point branches prepared", "point", "XA RECOVER", "data", COORDINATOR))));
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
    change(payments, paymentRow(payment, "COMPLETED"));
    change(reservations, reservationRow(reservation, "CONFIRMED", payment));
    change(
        points,
        "INSERT INTO wallet VALUES ('%s', 400, 0)".formatted(user),
        "INSERT INTO point_entry (user_id, kind, amount, charge_key)"
            + " VALUES ('%s', 'CHARGE', 500, 'k')".formatted(user),
        entry("USE", -PRICE, payment));
  }

  @AfterEach
  void emptyTheDatabases() throws SQLException {
    change(payments, "DELETE FROM payment.payment", "DELETE FROM partner.sale");
    change(reservations, "DELETE FROM reservation.reservation");
    change(
        points, "DELETE FROM point_reservation", "DELETE FROM point_entry", "DELETE FROM wallet");
  }

  @Test
  void findsNothingInSoundBooks() {
    assertThat(audit.now().isClean()).isTrue();
    assertThat(audit.now().payments()).isEqualTo(1);
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
        "INSERT INTO wallet VALUES ('%s', 0, 0)".formatted(other),
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
    change(payments, "DELETE FROM payment.payment", paymentRow(payment, "FAILED"));
    change(reservations, "UPDATE reservation.reservation SET payment_id = NULL, status = 'HELD'");
    assertFinds(Kind.POINTS_WITHOUT_PAYMENT, payment);
  }

  @Test
  void seesPointsUsedForAPaymentThatIsNotRecorded() throws SQLException {
    change(payments, "DELETE FROM payment.payment");
    change(reservations, "UPDATE reservation.reservation SET payment_id = NULL, status = 'HELD'");
    assertFinds(Kind.POINTS_WITHOUT_PAYMENT, payment);
  }

  @Test
  void seesPointsUsedForAPaymentThatNeverFinishedAndThatItIsInDoubt() throws SQLException {
    change(payments, "DELETE FROM payment.payment", paymentRow(payment, "REQUESTED"));
    change(reservations, "UPDATE reservation.reservation SET payment_id = NULL, status = 'HELD'");
    assertFinds(Kind.POINTS_WITHOUT_PAYMENT, payment);
    assertThat(audit.now().inDoubt()).isEqualTo(Map.of("payments requested", 1L));
  }

  @Test
  void seesAReservationConfirmedByAPaymentThatFailed() throws SQLException {
    change(payments, "DELETE FROM payment.payment", paymentRow(payment, "FAILED"));
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
    change(payments, saleRow(1, payment), saleRow(2, undone));
    assertFinds(Kind.SALE_WITHOUT_PAYMENT, undone);
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

  private void prepareOnMysql(String branch) throws SQLException {
    change(
        points,
        "XA START '%s'".formatted(branch),
        "INSERT INTO wallet VALUES ('%s', 0, 0)".formatted(UUID.randomUUID()),
        "XA END '%s'".formatted(branch),
        "XA PREPARE '%s'".formatted(branch));
  }

  private void assertFinds(Kind kind, UUID subject) {
    assertThat(audit.now().violations())
        .extracting(Violation::kind, Violation::subject)
        .containsExactly(tuple(kind, subject));
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
    return "INSERT INTO partner.sale VALUES (%d, '%s', '%s', '{%s}', %d, now())"
        .formatted(number, paymentId, UUID.randomUUID(), seat, PRICE);
  }

  private String reservationRow(UUID id, String status, UUID paymentId) {
    return """
        INSERT INTO reservation.reservation (id, user_id, schedule_id, seat_id, price, status,
          held_until, payment_id, created_at)
        VALUES ('%s', '%s', '%s', '%s', %d, '%s', now(), %s, now())"""
        .formatted(
            id,
            user,
            UUID.randomUUID(),
            seat,
            PRICE,
            status,
            paymentId == null ? "NULL" : "'" + paymentId + "'");
  }

  private String entry(String kind, long amount, UUID paymentId) {
    return "INSERT INTO point_entry (user_id, kind, amount, payment_id) VALUES ('%s', '%s', %d, '%s')"
        .formatted(user, kind, amount, paymentId);
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
