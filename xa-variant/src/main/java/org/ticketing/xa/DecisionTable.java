package org.ticketing.xa;

import static com.atomikos.recovery.TxState.COMMITTING;

import com.atomikos.recovery.PendingTransactionRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The table of decisions in the coordinator's own database. A transaction has one row at most, so
 * it is either committed or rolled back, whoever asks and however many do.
 */
class DecisionTable {

  private static final String INSERT =
      """
      INSERT INTO protocol.decision (transaction, coordinator, committed, expires)
      VALUES (?, ?, ?, ?)""";

  private final XaDatabase database;
  private final String coordinator;
  private final Duration timeout;

  /**
   * @param coordinator whose decisions are read
   * @param timeout after which a decision expires
   */
  DecisionTable(XaDatabase database, String coordinator, Duration timeout) {
    this.database = database;
    this.coordinator = coordinator;
    this.timeout = timeout;
  }

  /**
   * Records the decision to commit in the transaction of the connection.
   *
   * @throws SQLException the transaction cannot be committed
   */
  void record(String transaction, Connection connection) throws SQLException {
    insert(INSERT, transaction, true, connection);
  }

  private int insert(String sql, String transaction, boolean committed, Connection connection)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, transaction);
      insert.setString(2, coordinator);
      insert.setBoolean(3, committed);
      insert.setTimestamp(4, Timestamp.from(Instant.now().plus(timeout)));
      return insert.executeUpdate();
    }
  }

  /**
   * Returns whether the transaction is committed. If it is not, this decides to roll it back: a
   * decision to commit that is still under way has the same key. Of the two, the one that comes
   * second waits for the other, and fails if that is committed.
   *
   * @throws SQLException it is not known yet
   */
  boolean isCommitted(String transaction) throws SQLException {
    try (Connection connection = database.connectOutsideOfThePool();
        Statement waiting = connection.createStatement()) {
      waiting.execute("SET lock_timeout = '1s'");
      return insert(INSERT + " ON CONFLICT DO NOTHING", transaction, false, connection) == 0
          && decision(transaction, connection);
    }
  }

  private static boolean decision(String transaction, Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT committed FROM protocol.decision WHERE transaction = ?")) {
      query.setString(1, transaction);
      ResultSet row = query.executeQuery();
      if (!row.next()) {
        throw new SQLException("the decision on " + transaction + " was removed meanwhile");
      }
      return row.getBoolean(1);
    }
  }

  /**
   * Removes decisions that were told to all, and returns those to commit that have expired. The
   * removal is not forced: a decision that is still there after a crash is told once more.
   */
  List<PendingTransactionRecord> expiredAt(Instant time, Collection<String> told)
      throws SQLException {
    try (Connection connection = database.connectOutsideOfThePool()) {
      if (!told.isEmpty()) {
        remove(told, connection);
      }
      return expiredAt(time, connection);
    }
  }

  private static void remove(Collection<String> transactions, Connection connection)
      throws SQLException {
    try (Statement forcing = connection.createStatement();
        PreparedStatement delete =
            connection.prepareStatement(
                "DELETE FROM protocol.decision WHERE transaction = ANY (?) AND committed")) {
      forcing.execute("SET synchronous_commit = off");
      delete.setArray(1, connection.createArrayOf("text", transactions.toArray()));
      delete.executeUpdate();
    }
  }

  private List<PendingTransactionRecord> expiredAt(Instant time, Connection connection)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT transaction, expires FROM protocol.decision
            WHERE coordinator = ? AND committed AND expires < ?""")) {
      query.setString(1, coordinator);
      query.setTimestamp(2, Timestamp.from(time));
      ResultSet rows = query.executeQuery();
      List<PendingTransactionRecord> expired = new ArrayList<>();
      while (rows.next()) {
        expired.add(committing(rows.getString(1), rows.getTimestamp(2)));
      }
      return expired;
    }
  }

  private PendingTransactionRecord committing(String transaction, Timestamp expires) {
    return new PendingTransactionRecord(transaction, COMMITTING, expires.getTime(), coordinator);
  }
}
