package org.ticketing.choreography;

import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Ids;
import org.ticketing.platform.Service;

/**
 * The payments that are cancelled, until every other service has told that it has undone what it
 * had done of them. That the cancellation is acknowledged would not say so: a broker acknowledges
 * it too, and so does a service that has parked it. See {@code V1__events.sql}.
 */
@Component
@ConditionalOnHosted("payment")
class Undoings {

  private final JdbcClient jdbc;
  private final Ids ids;

  Undoings(JdbcClient jdbc, Ids ids) {
    this.jdbc = jdbc;
    this.ids = ids;
  }

  /** Records, in the transaction of the thread, that the others have to undo a payment. */
  @Transactional(propagation = Propagation.MANDATORY)
  void begin(PaymentEvent cancelled) {
    for (Service other : cancelled.knownKind().readers()) {
      jdbc.sql(
              """
              INSERT INTO undoing (payment_id, service, user_id)
              VALUES (:payment, :service, :user)""")
          .param("payment", ids.of(cancelled.paymentId()))
          .param("service", other.id())
          .param("user", ids.of(cancelled.userId()))
          .update();
    }
  }

  /** Records, in the transaction of the thread, that a service has undone its part. */
  @Transactional(propagation = Propagation.MANDATORY)
  void end(UUID payment, Service service) {
    jdbc.sql("DELETE FROM undoing WHERE payment_id = :payment AND service = :service")
        .param("payment", ids.of(payment))
        .param("service", service.id())
        .update();
  }

  /** Some of the payments that are being undone. */
  Set<UUID> find(int limit) {
    return jdbc.sql("SELECT DISTINCT payment_id FROM undoing LIMIT :limit")
        .param("limit", limit)
        .query((row, number) -> UUID.fromString(row.getString("payment_id")))
        .set();
  }

  boolean has(UUID payment) {
    return exists("payment_id", payment);
  }

  boolean hasOneOf(UUID user) {
    return exists("user_id", user);
  }

  private boolean exists(String column, UUID id) {
    return jdbc.sql("SELECT 1 FROM undoing WHERE %s = :id LIMIT 1".formatted(column))
        .param("id", ids.of(id))
        .query(Integer.class)
        .optional()
        .isPresent();
  }
}
