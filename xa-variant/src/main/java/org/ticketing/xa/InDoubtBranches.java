package org.ticketing.xa;

import static javax.transaction.xa.XAResource.TMENDRSCAN;
import static javax.transaction.xa.XAResource.TMSTARTRSCAN;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import org.postgresql.core.BaseConnection;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ServiceUnavailable;

/**
 * The branches that are prepared in this process's database, and since when. PostgreSQL tells the
 * time. MySQL and MariaDB do not, so it counts from when this process has first seen a branch; they
 * also list the branches of all databases of the server, of which those of coordinators of this
 * kind are counted.
 */
@Component
class InDoubtBranches {

  private static final String PREPARED =
      """
      SELECT count(*), coalesce(max(extract(epoch FROM now() - prepared)), 0)
      FROM pg_prepared_xacts WHERE database = current_database()""";

  private final XaDatabase database;
  private final FirstSeen firstSeen;

  InDoubtBranches(XaDatabase database, Clock clock) {
    this.database = database;
    this.firstSeen = new FirstSeen(clock);
  }

  /**
   * @param oldestSeconds since the oldest of them was prepared; 0 if there are none
   */
  record InDoubt(long number, double oldestSeconds) {}

  /**
   * Counts them now, also when transactions that wait for their locks have all connections of the
   * pool.
   *
   * @throws ServiceUnavailable the database gives no answer
   */
  InDoubt now() {
    try (Connection connection = database.connectOutsideOfThePool()) {
      return connection.isWrapperFor(BaseConnection.class) ? timed(connection) : seen(connection);
    } catch (SQLException | XAException failure) {
      throw new ServiceUnavailable("The prepared branches cannot be counted.", failure);
    }
  }

  private static InDoubt timed(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(PREPARED)) {
      row.next();
      return new InDoubt(row.getLong(1), row.getDouble(2));
    }
  }

  private InDoubt seen(Connection connection) throws SQLException, XAException {
    Set<BranchXid> prepared =
        Stream.of(database.xa(connection).recover(TMSTARTRSCAN | TMENDRSCAN))
            .map(BranchXid::of)
            .filter(branch -> CoordinatorId.of(branch).isPresent())
            .collect(Collectors.toSet());
    Collection<Duration> ages = firstSeen.ages(prepared);
    return new InDoubt(
        ages.size(), ages.stream().mapToLong(Duration::toMillis).max().orElse(0) / 1e3);
  }
}
