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
   * Adds the use of a payment that has none. The values are not selected: MariaDB 11.4 forces its
   * log once more for every INSERT that selects.
   */
  void addUse(UUID userId, long amount, UUID paymentId) {
    jdbc.sql(
            """
            INSERT INTO point_entry (user_id, kind, amount, payment_id, created_at)
            VALUES (:user, 'USE', :amount, :payment, :now)""")
        .param("user", ids.of(userId))
        .param("amount", -amount)
        .param("payment", ids.of(paymentId))
        .param("now", now())
        .update();
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
