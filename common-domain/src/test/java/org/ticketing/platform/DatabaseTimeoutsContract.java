package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A running process waits for its database as long as its settings say. */
abstract class DatabaseTimeoutsContract {

  @Autowired protected Timeouts timeouts;
  @Autowired private JdbcClient database;
  @Autowired private DataSource dataSource;

  protected String setting(String sql) {
    return database.sql(sql).query(String.class).single();
  }

  @Test
  void waitsForAConnectionOfThePool() throws SQLException {
    var pool = dataSource.unwrap(HikariDataSource.class);
    assertThat(pool.getConnectionTimeout()).isEqualTo(timeouts.connection().toMillis());
    assertThat(pool.getValidationTimeout()).isLessThan(pool.getConnectionTimeout());
  }
}
