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
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The decisions of one coordinator, in a table of its own database. A transaction has one row at
 * most, so it is either committed or rolled back, whoever asks and however many do. Rows are only
 * added in the coordinator's last epoch: see {@link Claim}.
 */
class DecisionTable {

  private static final String INSERT =
      """
      INSERT INTO protocol.decision (transaction, coordinator, epoch, committed, expires)
      SELECT ?, number, epoch, ?, ?::timestamptz FROM protocol.coordinator
      WHERE number = ? AND epoch = ?""";

  private final XaDatabase database;
  private final Claim claim;
  private final Duration timeout;

  /**
   * @param claim on the coordinator whose decisions these are
   * @param timeout after which a decision expires
   */
  DecisionTable(XaDatabase database, Claim claim, Duration timeout) {
    this.database = database;
    this.claim = claim;
    this.timeout = timeout;
  }

  /**
   * Records the decision to commit in the transaction of the connection.
   *
   * @throws SQLException the transaction cannot be committed
   */
  void record(String transaction, Connection connection) throws SQLException {
    if (insert(INSERT, transaction, true, connection) == 0) {
      throw new SQLException("another process has become coordinator " + claim.id());
    }
  }

  private int insert(String sql, String transaction, boolean committed, Connection connection)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, transaction);
      insert.setBoolean(2, committed);
      insert.setTimestamp(3, Timestamp.from(Instant.now().plus(timeout)));
      insert.setInt(4, claim.number());
      insert.setInt(5, claim.epoch());
      return insert.executeUpdate();
    }
  }

  /**
   * Returns whether the transaction is committed. If it is not, this decides to roll it back: a
   * decision to commit that comes later has the same key and fails. One that is under way is not
   * waited for, because many branches may be asked about in turn.
   *
   * @throws SQLException it is not known yet, or another process has become this coordinator
   */
  boolean isCommitted(String transaction) throws SQLException {
    try (Connection connection = database.connectOutsideOfThePool();
        Statement waiting = connection.createStatement()) {
      waiting.execute("SET lock_timeout = '10ms'");
      return insert(INSERT + " ON CONFLICT DO NOTHING", transaction, false, connection) == 0
          && decision(transaction, connection);
    }
  }

  private boolean decision(String transaction, Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT committed FROM protocol.decision WHERE transaction = ?")) {
      query.setString(1, transaction);
      ResultSet row = query.executeQuery();
      if (!row.next()) {
        throw new SQLException(
            "the decision on %s was removed, or another process has become coordinator %s"
                .formatted(transaction, claim.id()));
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

  /** Those of earlier epochs have expired whatever the time is: nobody tells them any more. */
  private List<PendingTransactionRecord> expiredAt(Instant time, Connection connection)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT transaction, expires FROM protocol.decision
            WHERE coordinator = ? AND committed AND (epoch < ? OR expires < ?)""")) {
      query.setInt(1, claim.number());
      query.setInt(2, claim.epoch());
      query.setTimestamp(3, Timestamp.from(time));
      ResultSet rows = query.executeQuery();
      List<PendingTransactionRecord> expired = new ArrayList<>();
      while (rows.next()) {
        expired.add(committing(rows.getString(1), rows.getTimestamp(2)));
      }
      return expired;
    }
  }

  private PendingTransactionRecord committing(String transaction, Timestamp expires) {
    return new PendingTransactionRecord(
        transaction, COMMITTING, expires.getTime(), claim.id().prefix());
  }

  /** Returns the transactions that are committed and that not all may have been told of. */
  List<String> committed() throws SQLException {
    try (Connection connection = database.connectOutsideOfThePool();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT transaction FROM protocol.decision WHERE coordinator = ? AND committed")) {
      query.setInt(1, claim.number());
      ResultSet rows = query.executeQuery();
      List<String> committed = new ArrayList<>();
      while (rows.next()) {
        committed.add(rows.getString(1));
      }
      return committed;
    }
  }

  /**
   * Removes decisions to commit that were told to all. The removal is not forced: see {@link
   * #expiredAt(Instant, Collection)}.
   */
  void remove(Collection<String> told) throws SQLException {
    if (!told.isEmpty()) {
      try (Connection connection = database.connectOutsideOfThePool()) {
        remove(told, connection);
      }
    }
  }

  /**
   * Removes the decisions to roll back, of all coordinators, that are a day old. Nobody decides
   * differently without them: their transactions are not under way any more.
   */
  static void removeRolledBack(JdbcClient jdbc) {
    jdbc.sql(
            """
            DELETE FROM protocol.decision
            WHERE NOT committed AND expires < now() - interval '1 day'""")
        .update();
  }
}
