package org.ticketing.xa;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.testing.Database;
import org.ticketing.testing.OnRealDatabase;

/** A PostgreSQL database as the coordinator's own. */
record CoordinatorDatabase(Database direct, HikariDataSource pool) implements AutoCloseable {

  static CoordinatorDatabase create(String name) {
    JdbcAccess access = OnRealDatabase.Servers.get().postgres().createDatabase(name);
    Flyway.configure()
        .dataSource(access.url(), access.user(), access.password())
        .schemas("protocol")
        .locations("classpath:db/coordinator/postgresql")
        .load()
        .migrate();
    var pool = new HikariDataSource();
    pool.setJdbcUrl(access.url());
    pool.setUsername(access.user());
    pool.setPassword(access.password());
    pool.setMaximumPoolSize(4);
    return new CoordinatorDatabase(new Database(access), pool);
  }

  XaDatabase xa() {
    return new XaDatabase(pool);
  }

  Claim claim(CoordinatorSettings settings) {
    try {
      return new Claims(xa()).take(settings);
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  DecisionTable decisions(Claim claim, CoordinatorSettings settings) {
    return new DecisionTable(xa(), claim, settings.transactionTimeout());
  }

  LastResources lastResources(DecisionTable decisions) {
    return new LastResources(xa(), decisions);
  }

  LeftBranches leftBranches(Participants participants) {
    return new LeftBranches(xa(), participants, new Suspensions(xa()), TransactionLog.NONE);
  }

  Recovery recovery(Claim claim, Participants participants, TransactionLog log) {
    return new Recovery(claim.id(), participants, new UnderWay(), new Suspensions(xa()), log);
  }

  /** A connection of the pool that the transaction of this thread works on. */
  Connection connect() throws Exception {
    return new BranchDataSource(pool).getConnection();
  }

  @Override
  public void close() {
    pool.close();
  }
}
