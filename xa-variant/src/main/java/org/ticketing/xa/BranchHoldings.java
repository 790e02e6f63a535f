package org.ticketing.xa;

import static javax.transaction.xa.XAResource.TMENDRSCAN;
import static javax.transaction.xa.XAResource.TMSTARTRSCAN;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.postgresql.core.BaseConnection;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.Holdings;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.platform.tracking.Waiters;

/**
 * The branches of a transaction that this process's database has: those that are prepared, whoever
 * has prepared them, and those that are not yet, which this process knows. The connection that it
 * asks on is none of the pool, of which those who wait for the branches may hold all.
 */
@Component
class BranchHoldings implements Holdings {

  private final String services;
  private final XaDatabase database;
  private final Branches branches;

  BranchHoldings(
      @Value("${ticketing.services}") String services, XaDatabase database, Branches branches) {
    this.services = services;
    this.database = database;
    this.branches = branches;
  }

  /**
   * @throws ServiceUnavailable the database gives no answer
   */
  @Override
  public List<Holding> of(TransactionKey key) {
    if (key.xid() == null) {
      return List.of();
    }
    String transaction = BranchXid.transactionOf(key.xid());
    try (Connection connection = database.connectOutsideOfThePool()) {
      List<Holding> holdings = new ArrayList<>();
      Waiters waiters = Waiters.on(connection);
      holdings.addAll(active(transaction, waiters));
      holdings.addAll(
          connection.isWrapperFor(BaseConnection.class)
              ? timed(transaction, connection, waiters)
              : listed(transaction, connection, waiters));
      return holdings;
    } catch (SQLException | XAException | DataAccessException failure) {
      throw new ServiceUnavailable("The branches cannot be listed.", failure);
    }
  }

  private List<Holding> active(String transaction, Waiters waiters) {
    List<Holding> active = new ArrayList<>();
    for (Branch branch : branches.active(transaction)) {
      active.add(holding("branch", "ACTIVE", branch.begun(), waiters.forSession(branch.session())));
    }
    return active;
  }

  /** PostgreSQL. */
  private List<Holding> timed(String transaction, Connection connection, Waiters waiters)
      throws SQLException {
    List<Holding> prepared = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT gid, prepared FROM pg_prepared_xacts
            WHERE database = current_database() ORDER BY prepared""")) {
      ResultSet rows = query.executeQuery();
      while (rows.next()) {
        if (isOf(transaction, rows.getString("gid"))) {
          prepared.add(
              prepared(
                  rows.getTimestamp("prepared").toInstant(),
                  waiters.forPrepared(rows.getString("gid"))));
        }
      }
    }
    return prepared;
  }

  private static boolean isOf(String transaction, String gid) {
    return BranchXid.ofPostgresql(gid)
        .filter(branch -> branch.transaction().equals(transaction))
        .isPresent();
  }

  /** MySQL and MariaDB, which do not tell since when. */
  private List<Holding> listed(String transaction, Connection connection, Waiters waiters)
      throws SQLException, XAException {
    List<Holding> prepared = new ArrayList<>();
    for (Xid xid : database.xa(connection).recover(TMSTARTRSCAN | TMENDRSCAN)) {
      if (BranchXid.of(xid).transaction().equals(transaction)) {
        prepared.add(prepared(null, waiters.forPrepared(null)));
      }
    }
    return prepared;
  }

  private Holding prepared(Instant since, List<String> waiting) {
    return holding("prepared branch", "PREPARED", since, waiting);
  }

  private Holding holding(String what, String state, Instant since, List<String> waiting) {
    return new Holding(services, what, state, Meaning.OPEN, since, waiting);
  }
}
