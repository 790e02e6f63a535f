package org.ticketing.payment;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The follow-ups: completed and refunded payments of which the {@link Followers} have not been told
 * yet. {@link Payments#complete} and {@link Payments#refunded} stage them.
 */
@Component
class FollowUps {

  /**
   * What the followers are told of a payment.
   *
   * @param number grows roughly in the order in which payments complete
   * @param completed false if the payment was undone after it had completed
   * @param refunded whether it tells of the refund of the payment
   */
  record FollowUp(
      long number,
      UUID paymentId,
      UUID userId,
      UUID reservationId,
      Instant requestedAt,
      boolean completed,
      boolean refunded) {}

  private final JdbcClient jdbc;

  FollowUps(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The next follow-ups after this number, in the order of their numbers. */
  List<FollowUp> after(long number, int atMost) {
    return jdbc.sql(
            """
            SELECT number, id, user_id, reservation_id, requested_at,
                   status = 'COMPLETED' AS completed, refunded
            FROM follow_up JOIN payment ON id = payment_id
            WHERE number > :number ORDER BY number LIMIT :atMost""")
        .param("number", number)
        .param("atMost", atMost)
        .query(
            (row, index) ->
                new FollowUp(
                    row.getLong("number"),
                    row.getObject("id", UUID.class),
                    row.getObject("user_id", UUID.class),
                    row.getObject("reservation_id", UUID.class),
                    row.getTimestamp("requested_at").toInstant(),
                    row.getBoolean("completed"),
                    row.getBoolean("refunded")))
        .list();
  }

  /** How many there are, and since when the first of them waits. */
  Waiting waiting() {
    return jdbc.sql(
            """
            SELECT (SELECT count(*) FROM follow_up) AS number,
                   (SELECT extract(epoch FROM now() - coalesce(refunded_at, finished_at))
                    FROM follow_up JOIN payment ON id = payment_id
                    ORDER BY number LIMIT 1) AS seconds""")
        .query((row, index) -> new Waiting(row.getLong("number"), row.getDouble("seconds")))
        .single();
  }

  /**
   * @param seconds since the first of them was staged; 0 if there are none
   */
  record Waiting(long number, double seconds) {}

  void remove(Collection<FollowUp> told) {
    jdbc.sql("DELETE FROM follow_up WHERE number = ANY (:numbers)")
        .param("numbers", told.stream().map(FollowUp::number).toArray(Long[]::new))
        .update();
  }
}
