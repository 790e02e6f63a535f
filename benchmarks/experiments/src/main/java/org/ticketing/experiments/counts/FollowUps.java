package org.ticketing.experiments.counts;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.workload.NotMeasuredException;

/**
 * What follows completed payments: a job of the payment service tells partners and the queue. In
 * the service's database one can see whether some of it is left, and suspend the job by a lock.
 */
public final class FollowUps {

  private static final String LEFT = "SELECT count(*) FROM payment.follow_up";

  /** While its row is locked, no instance begins the job. */
  private static final String LOCK =
      """
      SELECT picked FROM platform.scheduled_tasks WHERE task_name = 'after-payment'
      FOR UPDATE""";

  private static final long POLL_MILLIS = 100;

  private final JdbcAccess database;

  /**
   * @param database the payment service's
   */
  public FollowUps(JdbcAccess database) {
    this.database = database;
  }

  /** Keeps the job from running until it is closed. */
  public interface Suspension extends AutoCloseable {
    @Override
    void close() throws SQLException;
  }

  /**
   * Waits until nothing is left.
   *
   * @throws NotMeasuredException something still is
   */
  public void awaitDone(Duration patience) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    try (Connection connection = database.connect()) {
      for (long left = left(connection); left > 0; left = left(connection)) {
        if (System.nanoTime() > deadline) {
          throw new NotMeasuredException(
              "What follows %d payments was not done %d seconds after they were."
                  .formatted(left, patience.toSeconds()));
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
  }

  /** Waits until the job is not running, and keeps it from running. */
  public Suspension suspend() throws SQLException, InterruptedException {
    Connection connection = database.connect();
    try {
      connection.setAutoCommit(false);
      while (isAnyPicked(connection)) {
        connection.rollback();
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
      return connection::close;
    } catch (SQLException | InterruptedException failure) {
      connection.close();
      throw failure;
    }
  }

  private static long left(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(LEFT)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static boolean isAnyPicked(Connection connection) throws SQLException {
    boolean picked = false;
    try (Statement statement = connection.createStatement();
        ResultSet job = statement.executeQuery(LOCK)) {
      while (job.next()) {
        picked |= job.getBoolean("picked");
      }
    }
    return picked;
  }
}
