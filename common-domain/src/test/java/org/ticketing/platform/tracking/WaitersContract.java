package org.ticketing.platform.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.ticketing.platform.Ids;

/** Who waits for a locked row is seen, on either kind of database. */
abstract class WaitersContract {

  @Autowired private DataSource database;
  @Autowired private JdbcClient jdbc;
  @Autowired private Waiters waiters;
  @Autowired private Ids ids;

  private final UUID user = UUID.randomUUID();

  @BeforeEach
  void aWallet() {
    jdbc.sql("INSERT INTO wallet (user_id, balance, reserved) VALUES (:user, 100, 0)")
        .param("user", ids.of(user))
        .update();
  }

  @Test
  void nobodyWaitsForARowThatIsNotLocked() {
    assertThat(ofWallet()).isEmpty();
  }

  @Test
  void whoWaitsForALockedRowIsShownWithItsStatement() throws SQLException {
    CompletableFuture<Void> waiting;
    try (Connection holder = database.getConnection()) {
      holder.setAutoCommit(false);
      change(holder, 1);
      assertThat(ofWallet()).isEmpty();
      waiting =
          CompletableFuture.runAsync(
              () -> {
                try (Connection other = database.getConnection()) {
                  change(other, 2);
                } catch (SQLException failure) {
                  throw new IllegalStateException(failure);
                }
              });

      List<String> lines = await().until(this::ofWallet, found -> !found.isEmpty());
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0)).matches("connection \\d+, for \\d+\\.\\d s: UPDATE wallet SET .*");
      holder.rollback();
    }
    waiting.join();
    // MariaDB shows for a moment what was.
    await().untilAsserted(() -> assertThat(ofWallet()).isEmpty());
  }

  private List<String> ofWallet() {
    return waiters.forRow("wallet", "user_id", user);
  }

  private void change(Connection connection, int points) throws SQLException {
    try (PreparedStatement change =
        connection.prepareStatement("UPDATE wallet SET balance = balance + ? WHERE user_id = ?")) {
      change.setInt(1, points);
      change.setObject(2, ids.of(user));
      change.executeUpdate();
    }
  }
}
