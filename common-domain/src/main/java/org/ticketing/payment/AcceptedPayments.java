package org.ticketing.payment;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentApi.PayerWebhook;
import org.ticketing.payment.PaymentApi.Status;

/**
 * The queue of payments that are accepted before they are made. All instances share it. Users take
 * turns, one payment of a user is taken at a time, and those of a user in the order in which they
 * were accepted.
 *
 * <p>Times are those of the database, because instances compare them.
 */
@Component
class AcceptedPayments {

  /**
   * What a worker has taken.
   *
   * @param attempts including this one. An earlier one may have died, or its outcome was not learnt
   */
  record Taken(long number, UUID paymentId, Order order, int attempts) {}

  /**
   * @param all that have not ended
   * @param ofUser those of one user, and those of whose end the user has still to be told
   */
  record Length(long all, long ofUser) {}

  /**
   * @param seconds since the first of them was accepted; 0 if there are none
   */
  record Waiting(long number, double seconds) {}

  /** A payment of whose end the payer has still to be told. */
  record Untold(UUID paymentId, PayerWebhook webhook) {}

  /**
   * For the transaction of its statement alone. A claim or an end that a crash of the database
   * loses is found out again from the record of the payment.
   */
  private static final String NOT_FORCED = "set_config('synchronous_commit', 'off', true) = 'off'";

  private final JdbcClient jdbc;

  AcceptedPayments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Length length(UUID userId) {
    return jdbc.sql(
            """
            SELECT count(*) AS number,
                   count(*) FILTER (WHERE user_id = :user)
                     + (SELECT count(*) FROM accepted_payment
                        WHERE user_id = :user
                          AND webhook_secret IS NOT NULL AND ended_at IS NOT NULL) AS of_user
            FROM accepted_payment WHERE ended_at IS NULL""")
        .param("user", userId)
        .query((row, index) -> new Length(row.getLong("number"), row.getLong("of_user")))
        .single();
  }

  /**
   * Records the payment as REQUESTED and puts it into the queue, in one statement. The key belongs
   * to it from then on, and whoever uses the key again meets it in the record.
   *
   * @param webhook null if the payer wants to be told nothing
   * @return the payment as it is recorded; empty if another one has the key
   */
  Optional<Payment> accept(UUID paymentId, Order order, PayerWebhook webhook) {
    return jdbc.sql(
            """
                WITH recorded AS (
                  INSERT INTO payment
                    (id, idempotency_key, user_id, reservation_id, status, requested_at)
                  VALUES (:id, :key, :user, :reservation, 'REQUESTED', now())
                  ON CONFLICT DO NOTHING RETURNING id, user_id)
                INSERT INTO accepted_payment
                  (payment_id, user_id, turn, due_at, webhook_url, webhook_secret)
                SELECT id, user_id,
                       greatest(
                         (SELECT min(turn) FROM accepted_payment WHERE ended_at IS NULL),
                         (SELECT max(turn) + 1 FROM accepted_payment
                          WHERE ended_at IS NULL AND user_id = :user),
                         0),
                       now(), :url, :secret
                FROM recorded RETURNING due_at""")
        .param("id", paymentId)
        .param("key", order.key())
        .param("user", order.userId())
        .param("reservation", order.reservationId())
        .param("url", webhook == null ? null : webhook.url().toString())
        .param("secret", webhook == null ? null : webhook.secret())
        .query((row, index) -> row.getTimestamp("due_at").toInstant())
        .optional()
        .map(now -> Payment.accepted(paymentId, order, now));
  }

  /** Shows that the process is alive. What it has taken may be taken by others after that time. */
  void renew(UUID process, Duration lease) {
    jdbc.sql(
            """
            INSERT INTO payment_worker (process, alive_until)
            SELECT :process, now() + :lease * interval '1 millisecond' WHERE %s
            ON CONFLICT (process) DO UPDATE SET alive_until = excluded.alive_until"""
                .formatted(NOT_FORCED))
        .param("process", process)
        .param("lease", lease.toMillis())
        .update();
  }

  /** Lets others have what the process has taken. */
  void leave(UUID process) {
    jdbc.sql("DELETE FROM payment_worker WHERE process = :process")
        .param("process", process)
        .update();
  }

  /**
   * Takes the next ones that nobody has taken, or that a process has which is not alive any more.
   * Only the first of each user can be taken, and of two workers that want the same row, one passes
   * over it or finds it taken. So no two workers have payments of the same user, unless these were
   * accepted at the same moment: then none of them is the first.
   *
   * @param busy numbers of those that the process is at work on. Others that it has according to
   *     this table, it has ended or given back, and the database has lost that
   */
  List<Taken> take(UUID process, Collection<Long> busy, int atMost) {
    return jdbc.sql(
            """
            WITH taken AS (
              UPDATE accepted_payment SET worker = :process, attempts = attempts + 1
              WHERE number = ANY (ARRAY(
                SELECT number FROM accepted_payment AS next
                WHERE ended_at IS NULL AND due_at <= now() AND number <> ALL (:busy)
                  AND (worker IS NULL OR worker = :process OR NOT EXISTS (
                         SELECT FROM payment_worker
                         WHERE process = worker AND alive_until > now()))
                  AND NOT EXISTS (
                         SELECT FROM accepted_payment AS earlier
                         WHERE earlier.user_id = next.user_id AND earlier.ended_at IS NULL
                           AND (earlier.turn, earlier.number) < (next.turn, next.number))
                ORDER BY turn, number LIMIT :atMost FOR UPDATE SKIP LOCKED)) AND %s
              RETURNING number, turn, payment_id, attempts)
            SELECT number, attempts, id, user_id, idempotency_key, reservation_id
            FROM taken JOIN payment ON id = payment_id ORDER BY turn, number"""
                .formatted(NOT_FORCED))
        .param("process", process)
        .param("busy", busy.toArray(Long[]::new))
        .param("atMost", atMost)
        .query(AcceptedPayments::taken)
        .list();
  }

  private static Taken taken(ResultSet row, int index) throws SQLException {
    return new Taken(
        row.getLong("number"),
        row.getObject("id", UUID.class),
        new Order(
            row.getObject("user_id", UUID.class),
            row.getString("idempotency_key"),
            row.getObject("reservation_id", UUID.class)),
        row.getInt("attempts"));
  }

  /** Gives back what has not ended, for somebody to look at it again after a while. */
  void postpone(Taken taken, UUID process, Duration pause) {
    jdbc.sql(
            """
            UPDATE accepted_payment
            SET worker = NULL, due_at = now() + :pause * interval '1 millisecond'
            WHERE number = :number AND worker = :process AND %s"""
                .formatted(NOT_FORCED))
        .param("pause", pause.toMillis())
        .param("number", taken.number())
        .param("process", process)
        .update();
  }

  /**
   * Ends it as the record of the payment says.
   *
   * @return whether the payer is to be told; false also if it had ended
   */
  boolean end(Taken taken, Status outcome) {
    return jdbc.sql(
            """
            UPDATE accepted_payment SET worker = NULL, outcome = :outcome, ended_at = now()
            WHERE number = :number AND ended_at IS NULL AND %s
            RETURNING webhook_secret IS NOT NULL"""
                .formatted(NOT_FORCED))
        .param("outcome", outcome.name())
        .param("number", taken.number())
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** Whether the payment was accepted with this webhook. A secret that is gone is not compared. */
  boolean hasWebhook(UUID paymentId, PayerWebhook webhook) {
    return jdbc.sql(
            """
            SELECT EXISTS (
              SELECT FROM accepted_payment
              WHERE payment_id = :payment AND webhook_url = :url
                AND coalesce(webhook_secret, :secret) = :secret)""")
        .param("payment", paymentId)
        .param("url", webhook.url().toString())
        .param("secret", webhook.secret())
        .query(Boolean.class)
        .single();
  }

  /** Of the payments of whose end the user has still to be told, the one that ended first. */
  Optional<Untold> nextUntold(UUID userId) {
    return jdbc.sql(
            """
            SELECT payment_id, webhook_url, webhook_secret FROM accepted_payment
            WHERE user_id = :user AND webhook_secret IS NOT NULL AND ended_at IS NOT NULL
            ORDER BY ended_at, number LIMIT 1""")
        .param("user", userId)
        .query(
            (row, index) ->
                new Untold(
                    row.getObject("payment_id", UUID.class),
                    new PayerWebhook(
                        URI.create(row.getString("webhook_url")), row.getString("webhook_secret"))))
        .optional();
  }

  /** The payer has been told, or cannot be. If the database loses that, the payer is told again. */
  void told(UUID paymentId) {
    jdbc.sql(
            """
            UPDATE accepted_payment SET webhook_secret = NULL
            WHERE payment_id = :payment AND %s"""
                .formatted(NOT_FORCED))
        .param("payment", paymentId)
        .update();
  }

  /** Users who have still to be told of something. */
  List<UUID> untoldUsers() {
    return jdbc.sql(
            """
            SELECT DISTINCT user_id FROM accepted_payment
            WHERE webhook_secret IS NOT NULL AND ended_at IS NOT NULL""")
        .query(UUID.class)
        .list();
  }

  /**
   * Removes those that have ended so long ago, unless the payer has still to be told, and processes
   * that are not alive any more.
   *
   * @return how many of the former, at most a thousand
   */
  int removeEnded(Duration ago) {
    jdbc.sql("DELETE FROM payment_worker WHERE alive_until < now() - interval '1 day'").update();
    return jdbc.sql(
            """
            DELETE FROM accepted_payment WHERE number = ANY (ARRAY(
              SELECT number FROM accepted_payment
              WHERE ended_at < now() - :ago * interval '1 millisecond' AND webhook_secret IS NULL
              ORDER BY ended_at LIMIT 1000))""")
        .param("ago", ago.toMillis())
        .update();
  }

  Waiting waiting() {
    return jdbc.sql(
            """
            SELECT count(*) AS number,
                   coalesce(extract(epoch FROM now() - min(requested_at)), 0) AS seconds
            FROM accepted_payment JOIN payment ON id = payment_id WHERE ended_at IS NULL""")
        .query((row, index) -> new Waiting(row.getLong("number"), row.getDouble("seconds")))
        .single();
  }
}
