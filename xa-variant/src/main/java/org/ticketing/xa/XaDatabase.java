package org.ticketing.xa;

import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.MysqlXAConnection;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import javax.transaction.xa.XAResource;
import org.postgresql.core.BaseConnection;
import org.postgresql.xa.PGXAConnection;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** The database of this process, with XA on the connections of its ordinary pool. */
class XaDatabase {

  private final HikariDataSource pool;
  private final DataSource outsideOfThePool;

  XaDatabase(HikariDataSource pool) {
    this.pool = pool;
    SimpleDriverDataSource direct =
        DataSourceBuilder.derivedFrom(pool).type(SimpleDriverDataSource.class).build();
    direct.setConnectionProperties(pool.getDataSourceProperties());
    this.outsideOfThePool = direct;
  }

  Connection connect() throws SQLException {
    return pool.getConnection();
  }

  /**
   * Opens a connection with which branches are ended that have lost their own. Transactions that
   * wait for their locks may hold every connection of the pool.
   */
  Connection connectOutsideOfThePool() throws SQLException {
    return outsideOfThePool.getConnection();
  }

  /** Closes a connection in an unknown state instead of giving it back to the pool. */
  void discard(Connection connection) {
    pool.evictConnection(connection);
  }

  XAResource xa(Connection connection) throws SQLException {
    return connection.isWrapperFor(BaseConnection.class)
        ? new PGXAConnection(connection.unwrap(BaseConnection.class))
        : new MysqlXAConnection(connection.unwrap(JdbcConnection.class), false);
  }

  /** Returns what the database calls the connection's session, without asking it. */
  long session(Connection connection) throws SQLException {
    return connection.isWrapperFor(BaseConnection.class)
        ? connection.unwrap(BaseConnection.class).getBackendPID()
        : connection.unwrap(JdbcConnection.class).getId();
  }

  /**
   * Whether a connection can be given back while its branch is prepared. MariaDB ties the two
   * together.
   */
  boolean detachesPreparedBranches(Connection connection) throws SQLException {
    return !connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
  }
}
