package org.ticketing.xa;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.ticketing.stack.server.JdbcAccess;

/** A database with the table of decisions, as the coordinator's own. */
class CoordinatorDatabase implements AutoCloseable {

  static final String COORDINATOR = "jmh/";

  private final HikariDataSource pool = new HikariDataSource();
  private final LastResources resources;
  private final DecisionLog log;

  CoordinatorDatabase(JdbcAccess access) throws SQLException {
    try (Connection connection = access.connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA protocol");
      statement.execute("SET search_path TO protocol");
      ScriptUtils.executeSqlScript(
          connection, new ClassPathResource("db/coordinator/postgresql/V1__decisions.sql"));
    }
    pool.setJdbcUrl(access.url());
    pool.setUsername(access.user());
    pool.setPassword(access.password());
    var database = new XaDatabase(pool);
    var decisions = new DecisionTable(database, COORDINATOR, Duration.ofSeconds(5));
    resources = new LastResources(database, decisions);
    log = new DecisionLog(resources, decisions);
  }

  LastResources resources() {
    return resources;
  }

  DecisionLog log() {
    return log;
  }

  @Override
  public void close() {
    pool.close();
  }
}
