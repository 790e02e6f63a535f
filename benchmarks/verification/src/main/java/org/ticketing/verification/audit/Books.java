package org.ticketing.verification.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.workload.history.Operation.Charge;

/**
 * What the services have written down, as far as payments are concerned.
 *
 * @param sales what partners are told of: sales and their cancellations
 * @param tokens places in queues that have not come to an end
 * @param cancelledSchedules those of cancelled concerts among them
 * @param withdrawn users who have withdrawn
 * @param active users who have not, and are not about to
 * @param closedCustomers users who can hold no seat any more
 */
record Books(
    List<SaleRow> sales,
    List<TokenRow> tokens,
    List<PaymentRow> payments,
    List<EntryRow> entries,
    List<WalletRow> wallets,
    List<ReservationRow> reservations,
    Set<UUID> cancelledSchedules,
    Set<UUID> withdrawn,
    Set<UUID> active,
    Set<UUID> closedCustomers) {

  record SaleRow(
      UUID paymentId, boolean cancelled, UUID scheduleId, List<UUID> seatIds, long price) {
    boolean isOf(ReservationRow reservation) {
      return scheduleId.equals(reservation.scheduleId())
          && seatIds.equals(List.of(reservation.seatId()))
          && price == reservation.price();
    }
  }

  record TokenRow(UUID id, UUID userId, UUID scheduleId, Instant issuedAt) {}

  /**
   * @param amount 0 if it failed before the price was known
   * @param refunded whether its points were given back after it had completed
   * @param hasFollowUp whether its followers, partners and queues, are still to be told of it
   * @param recorded whether it is more than accepted: an attempt has recorded it, or it has ended
   * @param accepted what the queue of accepted payments says of it: WAITING, COMPLETED or FAILED;
   *     null if it is not there
   */
  record PaymentRow(
      UUID id,
      UUID userId,
      UUID reservationId,
      long amount,
      String status,
      Instant requestedAt,
      boolean refunded,
      boolean hasFollowUp,
      boolean recorded,
      String accepted) {
    boolean isCompleted() {
      return status.equals("COMPLETED");
    }

    boolean endedOtherwise() {
      return accepted != null && !accepted.equals("WAITING") && !accepted.equals(status);
    }

    /** Whether nobody makes it any more, although it was accepted. */
    boolean isLost() {
      return !recorded && accepted == null;
    }
  }

  /**
   * A change of a wallet.
   *
   * @param paymentId of a use or refund, else null
   * @param chargeKey of a charge, else null
   */
  record EntryRow(UUID userId, String kind, long amount, UUID paymentId, String chargeKey) {
    boolean isCharge() {
      return kind.equals("CHARGE");
    }

    boolean isUse() {
      return kind.equals("USE");
    }

    boolean undoes(EntryRow use) {
      return userId.equals(use.userId) && amount == -use.amount;
    }

    /** Whether it is a charge with its key, or a use or refund that names its payment. */
    boolean isWellFormed() {
      return switch (kind) {
        case "CHARGE" -> amount > 0 && chargeKey != null && paymentId == null;
        case "USE" -> amount < 0 && chargeKey == null && paymentId != null;
        case "REFUND" -> amount >= 0 && chargeKey == null && paymentId != null;
        default -> false;
      };
    }
  }

  /** Points added to a wallet, once for each key of its user. */
  record ChargeRow(UUID userId, String key, long amount) {
    static ChargeRow of(EntryRow entry) {
      return new ChargeRow(entry.userId(), entry.chargeKey(), entry.amount());
    }

    static ChargeRow of(Charge charge) {
      return new ChargeRow(charge.user(), charge.key(), charge.amount());
    }
  }

  /**
   * A wallet beside the sums it must agree with.
   *
   * @param closed whether it takes no charge any more
   */
  record WalletRow(
      UUID userId, long balance, long entries, long reserved, long reservations, boolean closed) {}

  /**
   * @param ahead whether it still is of use to its user: a hold that has not run out, a payment
   *     under way, or a ticket for what has not begun
   */
  record ReservationRow(
      UUID id,
      UUID userId,
      UUID scheduleId,
      UUID seatId,
      long price,
      String status,
      UUID paymentId,
      boolean ahead) {
    boolean isConfirmed() {
      return status.equals("CONFIRMED");
    }

    /** Whether it was cancelled because this payment, which had confirmed it, was refunded. */
    boolean isReturnedBy(UUID payment) {
      return status.equals("CANCELLED") && payment.equals(paymentId);
    }

    boolean isLive() {
      return isConfirmed() || status.equals("HELD") || status.equals("PAYING");
    }
  }

  static Books read(SystemDatabases databases) throws SQLException {
    return new Books(
        rows(
            databases.partner(),
            "SELECT payment_id, event, schedule_id, seat_ids, price FROM partner.sale",
            row ->
                new SaleRow(
                    uuid(row, "payment_id"),
                    row.getString("event").equals("CANCELLED"),
                    uuid(row, "schedule_id"),
                    List.of((UUID[]) row.getArray("seat_ids").getArray()),
                    row.getLong("price"))),
        rows(
            databases.queue(),
            """
            SELECT id, user_id, schedule_id, issued_at FROM queue.queue_token
            WHERE status IN ('WAITING', 'ACTIVE')""",
            row ->
                new TokenRow(
                    uuid(row, "id"),
                    uuid(row, "user_id"),
                    uuid(row, "schedule_id"),
                    row.getTimestamp("issued_at").toInstant())),
        rows(
            databases.payment(),
            """
            SELECT id, payment.user_id, reservation_id, amount, status, requested_at,
              refunded_at IS NOT NULL AS refunded,
              id IN (SELECT payment_id FROM payment.follow_up) AS has_follow_up,
              status <> 'REQUESTED' OR amount IS NOT NULL AS recorded,
              CASE WHEN payment_id IS NOT NULL THEN coalesce(outcome, 'WAITING') END AS accepted
            FROM payment.payment LEFT JOIN payment.accepted_payment ON payment_id = id""",
            row ->
                new PaymentRow(
                    uuid(row, "id"),
                    uuid(row, "user_id"),
                    uuid(row, "reservation_id"),
                    row.getLong("amount"),
                    row.getString("status"),
                    row.getTimestamp("requested_at").toInstant(),
                    row.getBoolean("refunded"),
                    row.getBoolean("has_follow_up"),
                    row.getBoolean("recorded"),
                    row.getString("accepted"))),
        rows(
            databases.point(),
            "SELECT user_id, kind, amount, payment_id, charge_key FROM %spoint_entry",
            row ->
                new EntryRow(
                    uuid(row, "user_id"),
                    row.getString("kind"),
                    row.getLong("amount"),
                    uuid(row, "payment_id"),
                    row.getString("charge_key"))),
        rows(
            databases.point(),
            """
            SELECT user_id, balance, reserved, closed,
              (SELECT coalesce(sum(amount), 0) FROM %1$spoint_entry e
                WHERE e.user_id = w.user_id) AS entries,
              (SELECT coalesce(sum(amount), 0) FROM %1$spoint_reservation r
                WHERE r.user_id = w.user_id AND r.status = 'RESERVED') AS reservations
            FROM %1$swallet w""",
            row ->
                new WalletRow(
                    uuid(row, "user_id"),
                    row.getLong("balance"),
                    row.getLong("entries"),
                    row.getLong("reserved"),
                    row.getLong("reservations"),
                    row.getBoolean("closed"))),
        rows(
            databases.reservation(),
            """
            SELECT reservation.id, user_id, schedule_id, seat_id, price, status, payment_id,
              CASE status WHEN 'HELD' THEN held_until > now()
                          WHEN 'PAYING' THEN true
                          WHEN 'CONFIRMED' THEN coalesce(starts_at > now(), true)
                          ELSE false END AS ahead
            FROM reservation.reservation
            LEFT JOIN reservation.schedule_copy ON schedule_copy.id = schedule_id""",
            row ->
                new ReservationRow(
                    uuid(row, "id"),
                    uuid(row, "user_id"),
                    uuid(row, "schedule_id"),
                    uuid(row, "seat_id"),
                    row.getLong("price"),
                    row.getString("status"),
                    uuid(row, "payment_id"),
                    row.getBoolean("ahead"))),
        ids(
            databases.concert(),
            """
            SELECT schedule.id FROM concert.schedule JOIN concert.concert ON concert.id = concert_id
            WHERE schedule.cancelled OR concert.cancelled"""),
        ids(databases.user(), "SELECT id FROM \"user\".app_user WHERE status = 'WITHDRAWN'"),
        ids(databases.user(), "SELECT id FROM \"user\".app_user WHERE status = 'ACTIVE'"),
        ids(databases.reservation(), "SELECT user_id FROM reservation.customer WHERE closed"));
  }

  private static Set<UUID> ids(JdbcAccess database, String query) throws SQLException {
    return Set.copyOf(rows(database, query, row -> UUID.fromString(row.getString(1))));
  }

  /** The prefix of the point service's tables: a schema on PostgreSQL, none on MySQL. */
  static String pointSchema(JdbcAccess database) {
    return database.isMysql() ? "" : "point.";
  }

  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  static <T> List<T> rows(JdbcAccess database, String query, Row<T> row) throws SQLException {
    try (Connection connection = database.connectToRead();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query.formatted(pointSchema(database)))) {
      List<T> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(row.read(result));
      }
      return rows;
    }
  }

  static UUID uuid(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : UUID.fromString(text);
  }
}
