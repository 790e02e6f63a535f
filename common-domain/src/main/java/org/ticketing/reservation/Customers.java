package org.ticketing.reservation;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Users who have held seats, or have withdrawn. A customer who is closed holds no seat any more. A
 * row is there before the first reservation of its user.
 */
@Component
class Customers {

  private final JdbcClient jdbc;

  Customers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds a customer. One who is known stays as they are. */
  void add(UUID userId) {
    jdbc.sql("INSERT INTO customer (user_id) VALUES (:user) ON CONFLICT DO NOTHING")
        .param("user", userId)
        .update();
  }

  /** Waits for a seat that is being held for them; until the transaction ends, none other is. */
  void lock(UUID userId) {
    jdbc.sql("SELECT 1 FROM customer WHERE user_id = :user FOR UPDATE")
        .param("user", userId)
        .query(Integer.class)
        .single();
  }

  boolean isClosed(UUID userId) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM customer WHERE user_id = :user AND closed)")
        .param("user", userId)
        .query(Boolean.class)
        .single();
  }

  /**
   * Closes the customer.
   *
   * @return false if a later withdrawal was heard of, or this one has been given up
   */
  boolean close(UUID userId, long withdrawal) {
    int closed =
        jdbc.sql(
                """
                UPDATE customer SET closed = true, withdrawal = :withdrawal
                WHERE user_id = :user
                  AND (withdrawal < :withdrawal OR withdrawal = :withdrawal AND closed)""")
            .param("withdrawal", withdrawal)
            .param("user", userId)
            .update();
    return closed == 1;
  }

  /** Opens the customer again, unless a later withdrawal was heard of. */
  void reopen(UUID userId, long withdrawal) {
    jdbc.sql(
            """
            UPDATE customer SET closed = false, withdrawal = :withdrawal
            WHERE user_id = :user AND withdrawal <= :withdrawal""")
        .param("withdrawal", withdrawal)
        .param("user", userId)
        .update();
  }
}
