package org.ticketing.tcc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.tcc.FenceRow.State;

/** Reads the fence of this process for those who watch it. Takes no lock. */
@Component
class FenceRows {

  private static final String ROWS =
      """
      SELECT xid, action_name, status, gmt_create, gmt_modified, suspended FROM tcc_fence_log
      WHERE """
          + " ";

  private final JdbcClient fence;

  FenceRows(JdbcClient fence) {
    this.fence = fence;
  }

  /** The open branches, the oldest first. */
  List<FenceRow> open(int limit) {
    return fence
        .sql(ROWS + "status IN (1, 5) ORDER BY gmt_create LIMIT :limit")
        .param("limit", limit)
        .query(FenceRows::row)
        .list();
  }

  /**
   * The branches of a transaction, as long as their rows are kept. Without an Xid, which the fence
   * is ordered by, all rows are looked at.
   */
  List<FenceRow> of(TransactionKey transaction) {
    if (transaction.xid() != null) {
      return fence
          .sql(ROWS + "xid = :xid ORDER BY branch_id")
          .param("xid", transaction.xid())
          .query(FenceRows::row)
          .list();
    }
    List<String> names =
        Participants.NAMES.stream()
            .map(action -> Branch.name(action, transaction.payment()))
            .toList();
    return fence
        .sql(ROWS + "action_name IN (:names) ORDER BY branch_id")
        .param("names", names)
        .query(FenceRows::row)
        .list();
  }

  private static FenceRow row(ResultSet row, int number) throws SQLException {
    String name = row.getString("action_name");
    return new FenceRow(
        row.getString("xid"),
        Branch.action(name),
        Branch.payment(name),
        State.of(row.getInt("status")),
        row.getTimestamp("gmt_create").toInstant(),
        row.getTimestamp("gmt_modified").toInstant(),
        row.getBoolean("suspended"));
  }
}
