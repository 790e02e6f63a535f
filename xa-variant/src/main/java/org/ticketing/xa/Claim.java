package org.ticketing.xa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * The right to be a coordinator, which one process has at a time. A second one of the same name
 * would roll back what the first is about to decide.
 *
 * <p>An advisory lock shows that the process is alive. It ends with its connection, so that a
 * restart after a crash takes the claim at once. The database notices within some seconds when the
 * process has vanished with its host.
 *
 * <p>The lock can be lost although the process lives on, for example when the network fails. So
 * each claim also begins an epoch, and a decision is only recorded in the coordinator's last epoch
 * ({@link DecisionTable}): a former coordinator that comes back decides nothing more.
 */
class Claim implements AutoCloseable {

  private static final int ANSWER_TIMEOUT_SECONDS = 5;
  private static final long PAUSE_MILLIS = 50;

  private final XaDatabase database;
  private final RegisteredCoordinator coordinator;
  private Connection connection;
  private int epoch;

  private Claim(XaDatabase database, RegisteredCoordinator coordinator) throws SQLException {
    this.database = database;
    this.coordinator = coordinator;
    this.connection = connect();
  }

  /**
   * Takes the claim and begins an epoch.
   *
   * @param patience how long to wait while another process has it
   * @return empty if another process still has it then
   */
  static Optional<Claim> take(
      XaDatabase database, RegisteredCoordinator coordinator, Duration patience)
      throws SQLException {
    var claim = new Claim(database, coordinator);
    try {
      if (claim.lockWithin(patience)) {
        claim.beginEpoch();
        return Optional.of(claim);
      }
    } catch (SQLException | RuntimeException failure) {
      claim.close();
      throw failure;
    }
    claim.close();
    return Optional.empty();
  }

  private Connection connect() throws SQLException {
    Connection connection = database.connectOutsideOfThePool();
    connection.setNetworkTimeout(Runnable::run, ANSWER_TIMEOUT_SECONDS * 1000);
    try (Statement settings = connection.createStatement()) {
      settings.execute("SET tcp_keepalives_idle = 3");
      settings.execute("SET tcp_keepalives_interval = 1");
      settings.execute("SET tcp_keepalives_count = 3");
    }
    return connection;
  }

  private boolean lockWithin(Duration patience) throws SQLException {
    long begun = System.nanoTime();
    while (!lock()) {
      if (System.nanoTime() - begun >= patience.toNanos()) {
        return false;
      }
      pause();
    }
    return true;
  }

  private boolean lock() throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT pg_try_advisory_lock('protocol.coordinator'::regclass::oid::int, ?)")) {
      query.setInt(1, coordinator.number());
      ResultSet row = query.executeQuery();
      return row.next() && row.getBoolean(1);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while another process has the claim", ending);
    }
  }

  private void beginEpoch() throws SQLException {
    epoch =
        epoch("UPDATE protocol.coordinator SET epoch = epoch + 1 WHERE number = ? RETURNING epoch");
  }

  private int lastEpoch() throws SQLException {
    return epoch("SELECT epoch FROM protocol.coordinator WHERE number = ?");
  }

  private int epoch(String sql) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setInt(1, coordinator.number());
      ResultSet row = query.executeQuery();
      if (!row.next()) {
        throw new SQLException("coordinator " + coordinator.id() + " is not registered any more");
      }
      return row.getInt(1);
    }
  }

  CoordinatorId id() {
    return coordinator.id();
  }

  int number() {
    return coordinator.number();
  }

  int epoch() {
    return epoch;
  }

  /**
   * Locks again if the connection has broken.
   *
   * @return false if another process has become this coordinator meanwhile
   */
  synchronized boolean renew() {
    try {
      if (connection.isValid(ANSWER_TIMEOUT_SECONDS)) {
        return true;
      }
      close();
      connection = connect();
      boolean locked = lock();
      boolean isLast = lastEpoch() == epoch;
      if (!locked || !isLast) {
        // If it is not locked, another process is about to begin an epoch, or the database still
        // knows the connection that broke. The next attempt tells.
        close();
      }
      return isLast;
    } catch (SQLException databaseAway) {
      // Nobody takes the claim in a database that is away.
      close();
      return true;
    }
  }

  /** Another process may take the claim at once. */
  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException broken) {
      // A broken connection ends in the database too, which has set keep-alives for it.
    }
  }
}
