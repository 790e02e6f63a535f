package org.ticketing.point;

import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.platform.Ids;

/** The wallets, each with its balance and the points reserved in it. */
@Component
class Wallets {

  private final JdbcClient jdbc;
  private final Ids ids;

  Wallets(JdbcClient jdbc, Ids ids) {
    this.jdbc = jdbc;
    this.ids = ids;
  }

  Optional<Wallet> find(UUID userId) {
    return find("SELECT balance, reserved FROM wallet WHERE user_id = :user", userId);
  }

  /**
   * Locks the wallet until the transaction ends, and first opens it if the user has none.
   *
   * @throws DuplicateKeyException another transaction has opened it meanwhile; to be repeated
   */
  Wallet lock(UUID userId) {
    return find("SELECT balance, reserved FROM wallet WHERE user_id = :user FOR UPDATE", userId)
        .orElseGet(() -> open(userId));
  }

  private Optional<Wallet> find(String sql, UUID userId) {
    return jdbc.sql(sql)
        .param("user", ids.of(userId))
        .query((row, number) -> new Wallet(userId, row.getLong("balance"), row.getLong("reserved")))
        .optional();
  }

  private Wallet open(UUID userId) {
    jdbc.sql("INSERT INTO wallet (user_id, balance, reserved) VALUES (:user, 0, 0)")
        .param("user", ids.of(userId))
        .update();
    return Wallet.empty(userId);
  }

  /**
   * Changes a locked wallet.
   *
   * @param balance what to add to the balance
   * @param reserved what to add to the reserved points
   */
  void change(UUID userId, long balance, long reserved) {
    jdbc.sql(
            """
            UPDATE wallet SET balance = balance + :balance, reserved = reserved + :reserved
            WHERE user_id = :user""")
        .param("balance", balance)
        .param("reserved", reserved)
        .param("user", ids.of(userId))
        .update();
  }

  boolean isClosed(UUID userId) {
    return jdbc.sql("SELECT closed FROM wallet WHERE user_id = :user")
        .param("user", ids.of(userId))
        .query(Boolean.class)
        .single();
  }

  /**
   * Closes a locked wallet.
   *
   * @return false if a later withdrawal was heard of, or this one has been given up
   */
  boolean close(UUID userId, long withdrawal) {
    int closed =
        jdbc.sql(
                """
                UPDATE wallet SET closed = true, withdrawal = :withdrawal
                WHERE user_id = :user
                  AND (withdrawal < :withdrawal OR withdrawal = :withdrawal AND closed)""")
            .param("withdrawal", withdrawal)
            .param("user", ids.of(userId))
            .update();
    return closed == 1;
  }

  /** Opens a locked wallet again, unless a later withdrawal was heard of. */
  void reopen(UUID userId, long withdrawal) {
    jdbc.sql(
            """
            UPDATE wallet SET closed = false, withdrawal = :withdrawal
            WHERE user_id = :user AND withdrawal <= :withdrawal""")
        .param("withdrawal", withdrawal)
        .param("user", ids.of(userId))
        .update();
  }
}
