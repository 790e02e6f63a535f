package org.ticketing.choreography;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.ticketing.choreography.ChoreographySettings.CarrierKind;
import org.ticketing.platform.Ids;
import org.ticketing.stack.server.DatabaseServer;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.testing.OnRealDatabase.Servers;

/** A database with the tables of the protocol, on a server of either kind. */
class EventDatabase {

  enum Server {
    POSTGRESQL("postgresql"),
    MYSQL("mysql");

    private final String migrations;

    Server(String migrations) {
      this.migrations = migrations;
    }

    DatabaseServer get() {
      return this == POSTGRESQL ? Servers.get().postgres() : Servers.get().mysql();
    }
  }

  /** After so long, an event is due again. */
  static final Duration REDELIVERY = Duration.ofMillis(400);

  static final ChoreographySettings SETTINGS =
      new ChoreographySettings(
          CarrierKind.OUTBOX,
          Duration.ofSeconds(18),
          REDELIVERY,
          3,
          2,
          Duration.ofSeconds(1),
          Duration.ofHours(1));

  private static int number;

  private final Server server;

  final JdbcClient jdbc;
  final TransactionTemplate transactions;
  final Ids ids;
  final Outbox outbox;
  final Inbox inbox;
  final ParkedEvents parked;

  EventDatabase(Server server) {
    this.server = server;
    JdbcAccess access = server.get().createDatabase("choreography_events_" + ++number);
    var database = new DriverManagerDataSource(access.url(), access.user(), access.password());
    new ResourceDatabasePopulator(
            new ClassPathResource("db/protocol/%s/V1__events.sql".formatted(server.migrations)))
        .execute(database);
    jdbc = JdbcClient.create(database);
    transactions = new TransactionTemplate(new DataSourceTransactionManager(database));
    transactions.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    ids = server == Server.MYSQL ? UUID::toString : id -> id;
    outbox = new Outbox(jdbc, ids, SETTINGS);
    inbox = new Inbox(jdbc, ids, SETTINGS);
    parked = new ParkedEvents(jdbc, ids);
  }

  /** The same events, of which those that were taken are due again after another time. */
  Outbox outbox(Duration redelivery) {
    return new Outbox(
        jdbc,
        ids,
        new ChoreographySettings(
            SETTINGS.carrier(),
            SETTINGS.paymentTimeout(),
            redelivery,
            SETTINGS.attempts(),
            SETTINGS.readers(),
            SETTINGS.pollWait(),
            SETTINGS.inboxRetention()));
  }

  /** In the transaction of the thread, until somebody else has given them back. */
  void lockEvents() {
    jdbc.sql("SELECT number FROM outbox FOR UPDATE").query(Long.class).list();
  }

  /** The session of the thread's transaction gives up soon if a lock is not to be had. */
  void waitBrieflyForLocks() {
    jdbc.sql(
            server == Server.MYSQL
                ? "SET innodb_lock_wait_timeout = 1"
                : "SET lock_timeout = '50ms'")
        .update();
  }

  <T> T inTransaction(Supplier<T> work) {
    return transactions.execute(transaction -> work.get());
  }

  static PaymentEvent event(EventKind kind, UUID payment) {
    return PaymentEvent.of(kind, payment, UUID.randomUUID(), UUID.randomUUID(), 500);
  }
}
