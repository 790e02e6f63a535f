package org.ticketing.choreography;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.Ids;

/** The events to which this service has reacted. Makes a reaction happen once. */
@Component
class Inbox {

  private final JdbcClient jdbc;
  private final Ids ids;
  private final ChoreographySettings settings;

  Inbox(JdbcClient jdbc, Ids ids, ChoreographySettings settings) {
    this.jdbc = jdbc;
    this.ids = ids;
    this.settings = settings;
  }

  /**
   * Records, in the transaction of the thread, that it reacts to the event. Waits for another one
   * that does.
   *
   * @throws AlreadyReacted somebody has; the transaction is to be rolled back
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void add(PaymentEvent event) {
    try {
      jdbc.sql(
              """
              INSERT INTO inbox (payment_id, kind, reader, reacted_at)
              VALUES (:payment, :kind, :reader, current_timestamp(6))""")
          .param("payment", ids.of(event.paymentId()))
          .param("kind", event.kind())
          .param("reader", event.reader())
          .update();
    } catch (DuplicateKeyException known) {
      throw new AlreadyReacted();
    }
  }

  /** Forgets what cannot come again. */
  void forgetOld() {
    jdbc.sql(
            "DELETE FROM inbox WHERE reacted_at < current_timestamp(6) - "
                + Outbox.interval(settings.inboxRetention()))
        .update();
  }

  /** The event has come before. */
  static class AlreadyReacted extends RuntimeException {
    AlreadyReacted() {
      super("the event has come before", null, false, false);
    }
  }
}
