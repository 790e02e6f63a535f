package org.ticketing.xa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * The transactions that an operator has suspended: recovery and take-over leave their branches
 * alone, in every process whose coordinator has this database as its own, and after restarts, until
 * an operator resumes them. A process reads them at most once a second, so another one's order
 * holds here from then on.
 */
class Suspensions {

  private static final Duration LIFETIME = Duration.ofSeconds(1);

  private final XaDatabase database;
  private Set<String> transactions;
  private long readAt;

  Suspensions(XaDatabase database) {
    this.database = database;
  }

  /** Returns all of them, as they were a second ago or later. */
  synchronized Set<String> all() throws SQLException {
    if (transactions == null || System.nanoTime() - readAt >= LIFETIME.toNanos()) {
      transactions = read();
      readAt = System.nanoTime();
    }
    return transactions;
  }

  private Set<String> read() throws SQLException {
    try (Connection connection = database.connectOutsideOfThePool();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT transaction FROM protocol.suspension")) {
      Set<String> read = new HashSet<>();
      while (rows.next()) {
        read.add(rows.getString(1));
      }
      return Set.copyOf(read);
    }
  }

  /** Idempotent. */
  void add(String transaction) throws SQLException {
    change("INSERT INTO protocol.suspension VALUES (?) ON CONFLICT DO NOTHING", transaction);
  }

  /** Idempotent. */
  void remove(String transaction) throws SQLException {
    change("DELETE FROM protocol.suspension WHERE transaction = ?", transaction);
  }

  private synchronized void change(String sql, String transaction) throws SQLException {
    try (Connection connection = database.connectOutsideOfThePool();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, transaction);
      statement.executeUpdate();
    }
    transactions = null;
  }
}
