package org.ticketing.xa;

import static org.ticketing.platform.Phases.UNOBSERVED;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.xa.CoordinatorSettings.Log;
import org.ticketing.xa.CoordinatorSettings.Phases;

/** A database with the table of decisions, as the coordinator's own. */
class CoordinatorDatabase implements AutoCloseable {

  private static final CoordinatorSettings SETTINGS =
      new CoordinatorSettings(
          "jmh",
          Path.of("unused"),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofMillis(100),
          3,
          Log.OWN,
          Phases.PARALLEL);

  private final HikariDataSource pool = new HikariDataSource();
  private final Claim claim;
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
    claim = new Claims(database).take(SETTINGS);
    var decisions = new DecisionTable(database, claim, SETTINGS.transactionTimeout());
    resources = new LastResources(database, decisions);
    log = new DecisionLog(resources, decisions, UNOBSERVED, it -> {});
  }

  /** What its transactions begin with. */
  String prefix() {
    return claim.id().prefix();
  }

  LastResources resources() {
    return resources;
  }

  DecisionLog log() {
    return log;
  }

  @Override
  public void close() {
    claim.close();
    pool.close();
  }
}
