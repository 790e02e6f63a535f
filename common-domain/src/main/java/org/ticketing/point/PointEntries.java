package org.ticketing.point;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.platform.Ids;
import org.ticketing.point.PointApi.EntryView;
import org.ticketing.point.PointApi.Kind;

/** The changes of balances. Entries are never changed; a balance is the sum of its entries. */
@Component
class PointEntries {

  private final JdbcClient jdbc;
  private final Ids ids;
  private final Clock clock;

  PointEntries(JdbcClient jdbc, Ids ids, Clock clock) {
    this.jdbc = jdbc;
    this.ids = ids;
    this.clock = clock;
  }

  void addCharge(UUID userId, long amount, String key) {
    jdbc.sql(
            """
            INSERT INTO point_entry (user_id, kind, amount, charge_key, created_at)
            VALUES (:user, 'CHARGE', :amount, :key, :now)""")
        .param("user", ids.of(userId))
        .param("amount", amount)
        .param("key", key)
        .param("now", now())
        .update();
  }

  /** The amount of the user's charge with this key. */
  Optional<Long> chargeOf(UUID userId, String key) {
    return jdbc.sql("SELECT amount FROM point_entry WHERE user_id = :user AND charge_key = :key")
        .param("user", ids.of(userId))
        .param("key", key)
        .query(Long.class)
        .optional();
  }

  /**
   * Adds the use of a payment, unless the payment has an entry.
   *
   * @return whether it was added
   */
  boolean addUse(UUID userId, long amount, UUID paymentId) {
    int added =
        jdbc.sql(
                """
                INSERT INTO point_entry (user_id, kind, amount, payment_id, created_at)
                SELECT user_id, 'USE', :amount, :payment, :now FROM wallet
                WHERE user_id = :user
                  AND NOT EXISTS (SELECT 1 FROM point_entry WHERE payment_id = :payment)""")
            .param("user", ids.of(userId))
            .param("amount", -amount)
            .param("payment", ids.of(paymentId))
            .param("now", now())
            .update();
    return added == 1;
  }

  /** With amount 0 it is a tombstone: nothing was used, and a use that arrives later is refused. */
  void addRefund(UUID userId, long amount, UUID paymentId) {
    jdbc.sql(
            """
            INSERT INTO point_entry (user_id, kind, amount, payment_id, created_at)
            VALUES (:user, 'REFUND', :amount, :payment, :now)""")
        .param("user", ids.of(userId))
        .param("amount", amount)
        .param("payment", ids.of(paymentId))
        .param("now", now())
        .update();
  }

  boolean isRefunded(UUID paymentId) {
    return ofPayment(paymentId).stream().anyMatch(entry -> entry.kind() == Kind.REFUND);
  }

  List<EntryView> ofPayment(UUID paymentId) {
    return jdbc.sql(
            """
            SELECT kind, amount, payment_id, created_at FROM point_entry
            WHERE payment_id = :payment""")
        .param("payment", ids.of(paymentId))
        .query(PointEntries::view)
        .list();
  }

  /** The latest first. */
  List<EntryView> ofUser(UUID userId, int page, int size) {
    return jdbc.sql(
            """
            SELECT kind, amount, payment_id, created_at FROM point_entry
            WHERE user_id = :user ORDER BY id DESC LIMIT :size OFFSET :offset""")
        .param("user", ids.of(userId))
        .param("size", size)
        .param("offset", (long) page * size)
        .query(PointEntries::view)
        .list();
  }

  private static EntryView view(ResultSet entry, int number) throws SQLException {
    String paymentId = entry.getString("payment_id");
    return new EntryView(
        Kind.valueOf(entry.getString("kind")),
        entry.getLong("amount"),
        paymentId == null ? null : UUID.fromString(paymentId),
        entry.getTimestamp("created_at").toInstant());
  }

  /**
   * Of a type that both drivers declare to the server; PostgreSQL could not infer it in the SELECT
   * of {@link #addUse}.
   */
  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
