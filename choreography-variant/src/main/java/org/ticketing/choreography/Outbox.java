package org.ticketing.choreography;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.Ids;

/**
 * The events that this service has to tell, until their readers have acknowledged them. Whoever
 * takes an event has it for a while, after which it is due again. The database's clock alone
 * counts. See {@code V1__events.sql}.
 */
@Component
class Outbox {

  private static final String COLUMNS =
      """
      number, reader, kind, payment_id, user_id, reservation_id, amount, reason, detail, trace
      """;

  private final JdbcClient jdbc;
  private final Ids ids;
  private final String later;

  Outbox(JdbcClient jdbc, Ids ids, ChoreographySettings settings) {
    this.jdbc = jdbc;
    this.ids = ids;
    this.later = "current_timestamp(6) + " + interval(settings.redelivery());
  }

  /** An SQL interval that both databases know; neither takes it as a parameter. */
  static String interval(Duration time) {
    return String.format(Locale.ROOT, "interval '%.3f' second", time.toMillis() / 1e3);
  }

  /**
   * Records an event for a reader, in the transaction of the thread. Unless it {@linkplain
   * EventKind#followsAnother follows another}, it is taken already, by whoever records it.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  PaymentEvent add(PaymentEvent event, String reader) {
    boolean due = event.knownKind().followsAnother();
    var number = new GeneratedKeyHolder();
    jdbc.sql(
            """
            INSERT INTO outbox (reader, kind, payment_id, user_id, reservation_id, amount, reason,
                                detail, trace, recorded_at, due_at)
            VALUES (:reader, :kind, :payment, :user, :reservation, :amount, :reason,
                    :detail, :trace, current_timestamp(6), %s)"""
                .formatted(due ? "current_timestamp(6)" : later))
        .param("reader", reader)
        .param("kind", event.kind())
        .param("payment", ids.of(event.paymentId()))
        .param("user", ids.of(event.userId()))
        .param("reservation", ids.of(event.reservationId()))
        .param("amount", event.amount())
        .param("reason", event.reason())
        .param("detail", event.detail())
        .param("trace", event.trace())
        .update(number, "number");
    return event.forReader(reader).numbered(number.getKey().longValue());
  }

  /**
   * Takes events that are due, the oldest first. Of the events of a payment for the same reader,
   * only the first is taken, so that they come in their order. Others who take some at the same
   * time get others.
   */
  @Transactional
  List<PaymentEvent> take(String reader, int limit) {
    List<PaymentEvent> taken =
        jdbc.sql(
                """
                SELECT %s FROM outbox
                WHERE reader = :reader AND due_at <= current_timestamp(6)
                  AND NOT EXISTS (
                    SELECT 1 FROM outbox earlier
                    WHERE earlier.payment_id = outbox.payment_id
                      AND earlier.reader = outbox.reader AND earlier.number < outbox.number)
                ORDER BY number LIMIT :limit FOR UPDATE SKIP LOCKED"""
                    .formatted(COLUMNS))
            .param("reader", reader)
            .param("limit", limit)
            .query(Outbox::event)
            .list();
    if (!taken.isEmpty()) {
      jdbc.sql("UPDATE outbox SET due_at = %s WHERE number IN (:numbers)".formatted(later))
          .param("numbers", taken.stream().map(PaymentEvent::number).toList())
          .update();
    }
    return taken;
  }

  /** Gives back what was taken: it is due at once. */
  void release(Collection<Long> numbers) {
    jdbc.sql("UPDATE outbox SET due_at = current_timestamp(6) WHERE number IN (:numbers)")
        .param("numbers", numbers)
        .update();
  }

  /** Makes all events of a payment due, and returns how many there are. */
  int release(UUID payment) {
    return jdbc.sql("UPDATE outbox SET due_at = current_timestamp(6) WHERE payment_id = :payment")
        .param("payment", ids.of(payment))
        .update();
  }

  /** Removes what readers have acknowledged. */
  void delivered(Collection<Long> numbers) {
    jdbc.sql("DELETE FROM outbox WHERE number IN (:numbers)").param("numbers", numbers).update();
  }

  /**
   * An event that was not acknowledged as soon as it should have been.
   *
   * @param kind in words
   */
  record Late(UUID payment, String reader, String kind, Instant since) {}

  /** Those of a payment. */
  List<Late> late(UUID payment) {
    return jdbc.sql(LATE + " AND payment_id = :payment ORDER BY number")
        .param("payment", ids.of(payment))
        .query(Outbox::late)
        .list();
  }

  /** Those of all payments, the oldest first. */
  List<Late> late(int limit) {
    return jdbc.sql(LATE + " ORDER BY number LIMIT :limit")
        .param("limit", limit)
        .query(Outbox::late)
        .list();
  }

  /** Longer than acknowledgements are kept before the rows are removed. */
  private static final String LATE =
      """
      SELECT payment_id, reader, kind, recorded_at FROM outbox
      WHERE recorded_at < current_timestamp(6) - interval '5.0' second""";

  /** How many of them there are, and how old the oldest is. */
  Count countLate() {
    return jdbc.sql(
            "SELECT count(*) AS number, min(recorded_at) AS oldest FROM (%s) AS late"
                .formatted(LATE))
        .query(
            (row, number) ->
                new Count(
                    row.getLong("number"),
                    row.getTimestamp("oldest") == null
                        ? null
                        : row.getTimestamp("oldest").toInstant()))
        .single();
  }

  /**
   * @param oldest null if there is none
   */
  record Count(long number, Instant oldest) {}

  private static Late late(ResultSet row, int number) throws SQLException {
    return new Late(
        UUID.fromString(row.getString("payment_id")),
        row.getString("reader"),
        EventKind.valueOf(row.getString("kind")).toString(),
        row.getTimestamp("recorded_at").toInstant());
  }

  static PaymentEvent event(ResultSet row, int number) throws SQLException {
    return new PaymentEvent(
        row.getLong("number"),
        row.getString("reader"),
        row.getString("kind"),
        UUID.fromString(row.getString("payment_id")),
        UUID.fromString(row.getString("user_id")),
        UUID.fromString(row.getString("reservation_id")),
        row.getLong("amount"),
        row.getString("reason"),
        row.getString("detail"),
        row.getString("trace"));
  }
}
