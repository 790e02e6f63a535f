package org.ticketing.point;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ConflictClause;
import org.ticketing.platform.Ids;

/** The wallets, each with its balance and the points reserved in it. */
@Component
class Wallets {

  private final JdbcClient jdbc;
  private final Ids ids;
  private final String insertion;

  Wallets(JdbcClient jdbc, Ids ids, ConflictClause conflicts) {
    this.jdbc = jdbc;
    this.ids = ids;
    this.insertion =
        "INSERT INTO wallet (user_id, balance, reserved) VALUES (:user, 0, 0) "
            + conflicts.doNothing("user_id");
  }

  Optional<Wallet> find(UUID userId) {
    return find("SELECT balance, reserved FROM wallet WHERE user_id = :user", userId);
  }

  /** Locks the wallet until the transaction ends, and first opens it if the user has none. */
  Wallet lock(UUID userId) {
    return lockIfOpen(userId).orElseGet(() -> open(userId));
  }

  /**
   * Locks the wallet until the transaction ends, unless the user has none. A payment does so: it is
   * refused without points, and if it took the row back that it had inserted, InnoDB would end
   * those that have waited for the row with a deadlock.
   */
  Optional<Wallet> lockIfOpen(UUID userId) {
    return find("SELECT balance, reserved FROM wallet WHERE user_id = :user FOR UPDATE", userId);
  }

  private Optional<Wallet> find(String sql, UUID userId) {
    return jdbc.sql(sql)
        .param("user", ids.of(userId))
        .query((row, number) -> new Wallet(userId, row.getLong("balance"), row.getLong("reserved")))
        .optional();
  }

  private Wallet open(UUID userId) {
    jdbc.sql(insertion).param("user", ids.of(userId)).update();
    return lockIfOpen(userId).orElseThrow();
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
