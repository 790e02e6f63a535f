package org.ticketing.jmh;

import com.mysql.cj.jdbc.MysqlXADataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.postgresql.xa.PGXADataSource;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.server.DatabaseServer;
import org.ticketing.stack.server.JdbcAccess;

/**
 * PostgreSQL and MariaDB with durable settings, for one thread. The work of every transaction is
 * the same, an update of one row in each; what differs is how it is committed.
 */
@State(Scope.Benchmark)
public class TwoDatabases {

  /** What every transaction does in each database. */
  public static final String WORK = "UPDATE account SET balance = balance + 1 WHERE id = 1";

  private LocalStack stack;
  private Database postgresql;
  private Database mariadb;

  @Setup(Level.Trial)
  public void start() throws SQLException {
    stack = LocalStack.start(StackOptions.forServers(Set.of("postgresql", "mysql")));
    postgresql = new Database(stack.postgres(), TwoDatabases::postgresql);
    mariadb = new Database(stack.mysql(), TwoDatabases::mysql);
  }

  @TearDown(Level.Trial)
  public void stop() throws SQLException {
    postgresql.close();
    mariadb.close();
    stack.close();
  }

  public Database postgresql() {
    return postgresql;
  }

  public Database mariadb() {
    return mariadb;
  }

  /** A folder on the disk of the databases, for a coordinator's log; it is deleted at the end. */
  public Path logFolder() {
    return stack.directory().resolve("data").resolve("log");
  }

  private interface Driver {
    XADataSource open(JdbcAccess access) throws SQLException;
  }

  private static XADataSource postgresql(JdbcAccess access) {
    var source = new PGXADataSource();
    source.setUrl(access.url());
    source.setUser(access.user());
    source.setPassword(access.password());
    return source;
  }

  private static XADataSource mysql(JdbcAccess access) throws SQLException {
    var source = new MysqlXADataSource();
    source.setUrl(access.url());
    source.setUser(access.user());
    source.setPassword(access.password());
    source.setPinGlobalTxToPhysicalConnection(true);
    return source;
  }

  /** One connection, which can take part in a global transaction. */
  public static final class Database {

    private final JdbcAccess access;
    private final XAConnection xa;
    private final Connection connection;
    private final PreparedStatement work;

    private Database(DatabaseServer server, Driver driver) throws SQLException {
      access = server.createDatabase("bench");
      xa = driver.open(access).getXAConnection();
      connection = xa.getConnection();
      try (var statement = connection.createStatement()) {
        statement.execute("CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL)");
        statement.execute("INSERT INTO account VALUES (1, 0)");
      }
      work = connection.prepareStatement(WORK);
    }

    /** Changes a row, in whatever transaction the connection is in. */
    public void work() throws SQLException {
      work.executeUpdate();
    }

    /** Opens more connections. */
    public JdbcAccess access() {
      return access;
    }

    /** The connection, for local transactions. */
    public Connection connection() {
      return connection;
    }

    /** The connection's side that a coordinator calls. */
    public XAResource resource() throws SQLException {
      return xa.getXAResource();
    }

    private void close() throws SQLException {
      xa.close();
    }
  }
}
