package org.ticketing.xa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A row of {@link DecisionTable}, of whichever coordinator.
 *
 * @param coordinator its number
 * @param committed whether the decision is to commit
 * @param expires until then the transaction itself tells the participants, if its epoch lasts
 */
record RecordedDecision(
    String transaction, int coordinator, int epoch, boolean committed, Instant expires) {

  private static final String COLUMNS =
      "SELECT transaction, coordinator, epoch, committed, expires FROM protocol.decision ";

  /** Returns the decisions to commit that may not have been told to all, and those on others. */
  static List<RecordedDecision> toCommitOrOf(Set<String> transactions, XaDatabase database)
      throws SQLException {
    try (Connection connection = database.connectOutsideOfThePool();
        PreparedStatement query =
            connection.prepareStatement(COLUMNS + "WHERE committed OR transaction = ANY (?)")) {
      query.setArray(1, connection.createArrayOf("text", transactions.toArray()));
      return read(query);
    }
  }

  /** Returns the decision on a transaction; empty if there is none, or none any more. */
  static Optional<RecordedDecision> find(String transaction, XaDatabase database)
      throws SQLException {
    try (Connection connection = database.connectOutsideOfThePool();
        PreparedStatement query = connection.prepareStatement(COLUMNS + "WHERE transaction = ?")) {
      query.setString(1, transaction);
      return read(query).stream().findFirst();
    }
  }

  private static List<RecordedDecision> read(PreparedStatement query) throws SQLException {
    List<RecordedDecision> decisions = new ArrayList<>();
    ResultSet rows = query.executeQuery();
    while (rows.next()) {
      decisions.add(
          new RecordedDecision(
              rows.getString("transaction"),
              rows.getInt("coordinator"),
              rows.getInt("epoch"),
              rows.getBoolean("committed"),
              rows.getTimestamp("expires").toInstant()));
    }
    return decisions;
  }
}
