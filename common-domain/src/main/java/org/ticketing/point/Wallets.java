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

  /** The wallet; an empty one if the user has none. */
  Wallet find(UUID userId) {
    return find("SELECT balance, reserved FROM wallet WHERE user_id = :user", userId)
        .orElseGet(() -> Wallet.empty(userId));
  }

  /**
   * Locks the wallet until the transaction ends. For a user who has none this returns an empty one,
   * and locks and inserts nothing: there is nothing that could be taken from it. A payment that is
   * refused would take the row back, and InnoDB would end those that have waited for it with a
   * deadlock.
   */
  Wallet lock(UUID userId) {
    return findLocked(userId).orElseGet(() -> Wallet.empty(userId));
  }

  /** Locks the wallet until the transaction ends, and first opens it if the user has none. */
  Wallet lockOrOpen(UUID userId) {
    return findLocked(userId)
        .orElseGet(
            () -> {
              jdbc.sql(insertion).param("user", ids.of(userId)).update();
              return findLocked(userId).orElseThrow();
            });
  }

  private Optional<Wallet> findLocked(UUID userId) {
    return find(
        "SELECT balance, reserved FROM wallet WHERE user_id = :user FOR UPDATE", userId);
  }

  private Optional<Wallet> find(String sql, UUID userId) {
    return jdbc.sql(sql)
        .param("user", ids.of(userId))
        .query((row, number) -> new Wallet(userId, row.getLong("balance"), row.getLong("reserved")))
        .optional();
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
}
