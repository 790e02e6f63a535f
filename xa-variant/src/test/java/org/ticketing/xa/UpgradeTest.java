package org.ticketing.xa;

import static javax.transaction.xa.XAResource.TMNOFLAGS;
import static javax.transaction.xa.XAResource.TMSUCCESS;
import static javax.transaction.xa.XAResource.XA_OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ticketing.platform.Phases.UNOBSERVED;

import com.atomikos.icatch.config.Configuration;
import com.zaxxer.hikari.HikariDataSource;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.HttpServerErrorException.ServiceUnavailable;
import org.springframework.web.client.RestClient;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.stack.server.DatabaseServer;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.Database;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.testing.OnRealDatabase.Servers;
import org.ticketing.xa.CoordinatorSettings.Log;
import org.ticketing.xa.CoordinatorSettings.Phases;

/**
 * A participant that starts with a new migration of a table that one of its branches in doubt keeps
 * locked.
 */
@Timeout(180)
class UpgradeTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String READINESS = "/actuator/health/readiness";
  private static final UUID CUSTOMER = UUID.randomUUID();

  enum Upgraded {
    POINT(
        "mysql",
        "INSERT INTO wallet (user_id, balance, reserved) VALUES (UUID(), 7, 0)",
        "SELECT note FROM wallet WHERE balance = 7",
        "ALTER TABLE wallet ADD COLUMN note varchar(10) NOT NULL DEFAULT 'new'",
        "/wallets/" + CUSTOMER) {
      @Override
      DatabaseServer server() {
        return Servers.get().mysql();
      }
    },
    RESERVATION(
        "postgresql",
        """
        INSERT INTO reservation.reservation
          (id, user_id, schedule_id, seat_id, price, status, held_until, created_at)
        SELECT id, id, id, id, 7, 'CANCELLED', now(), now() FROM gen_random_uuid() AS id""",
        "SELECT note FROM reservation.reservation WHERE price = 7",
        "ALTER TABLE reservation ADD COLUMN note varchar(10) NOT NULL DEFAULT 'new'",
        "/reservations/" + UUID.randomUUID()) {
      @Override
      DatabaseServer server() {
        return Servers.get().postgres();
      }
    };

    private final String vendor;
    private final String work;
    private final String notes;
    private final String migration;
    private final String path;

    Upgraded(String vendor, String work, String notes, String migration, String path) {
      this.vendor = vendor;
      this.work = work;
      this.notes = notes;
      this.migration = migration;
      this.path = path;
    }

    abstract DatabaseServer server();

    String service() {
      return this == POINT ? "point" : "reservation";
    }
  }

  @ParameterizedTest
  @EnumSource
  void branchInDoubtIsEndedBeforeItsTableIsMigrated(Upgraded upgraded, @TempDir Path newer)
      throws Exception {
    JdbcAccess data = upgraded.server().createDatabase("upgraded_" + upgraded.service());
    new ParticipantProcess(upgraded, data).start(List.of()).join().close();
    CoordinatorDatabase coordinators =
        CoordinatorDatabase.create("coordinator_of_" + upgraded.service());
    BranchXid branch = decidedBranch(coordinators);
    prepare(upgraded, data, branch);
    write(upgraded, newer);

    var after = new ParticipantProcess(upgraded, data);
    CompletableFuture<ConfigurableApplicationContext> starting = after.start(List.of(newer));
    CompletableFuture.anyOf(after.port, starting).join();
    BranchApi branches = Apis.client(after.asService(), BranchApi.class);
    assertThat(branches.prepared()).contains(branch.toString());
    assertThatThrownBy(() -> after.get(upgraded.path)).isInstanceOf(ServiceUnavailable.class);
    assertThatThrownBy(() -> after.get(READINESS)).isInstanceOf(ServiceUnavailable.class);
    assertThat(starting).isNotDone();

    recover(coordinators, upgraded.service(), branches);

    try (ConfigurableApplicationContext ready = starting.join()) {
      assertThat(new Database(data).query(upgraded.notes)).containsExactly("new");
      assertThat(after.get(READINESS)).contains("UP");
    }
  }

  /** A branch of a coordinator that has died after its decision to commit. */
  private static BranchXid decidedBranch(CoordinatorDatabase coordinators) throws Exception {
    CoordinatorSettings settings = settings();
    try (Claim claim = coordinators.claim(settings);
        Connection connection = coordinators.pool().getConnection()) {
      String transaction = claim.id().prefix() + "1";
      coordinators.decisions(claim, settings).record(transaction, connection);
      String hex = HexFormat.of().formatHex(transaction.getBytes());
      return new BranchXid(1, hex, hex);
    }
  }

  private static void prepare(Upgraded upgraded, JdbcAccess data, BranchXid branch)
      throws Exception {
    try (var pool = new HikariDataSource()) {
      pool.setJdbcUrl(data.url());
      pool.setUsername(data.user());
      pool.setPassword(data.password());
      var database = new XaDatabase(pool);
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        XAResource xa = database.xa(connection);
        xa.start(branch, TMNOFLAGS);
        statement.execute(upgraded.work);
        xa.end(branch, TMSUCCESS);
        assertThat(xa.prepare(branch)).isEqualTo(XA_OK);
      }
    }
  }

  private static void write(Upgraded upgraded, Path classes) throws Exception {
    Path folder = classes.resolve("db/migration/" + upgraded.service() + "/" + upgraded.vendor);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("V2__note.sql"), upgraded.migration);
  }

  /** Restarts the coordinator until it has ended the branch. */
  private static void recover(
      CoordinatorDatabase coordinators, String service, BranchApi branches) {
    CoordinatorSettings settings = settings();
    try (coordinators;
        Claim claim = coordinators.claim(settings)) {
      DecisionTable decisions = coordinators.decisions(claim, settings);
      LastResources own = coordinators.lastResources(decisions);
      var coordinator =
          new Coordinator(
              settings,
              coordinators.recovery(
                  claim, new Participants(Map.of(service, branches)), TransactionLog.NONE),
              new DecisionLog(own, decisions, UNOBSERVED, it -> {}),
              underWay -> {});
      coordinator.start();
      try {
        await().atMost(SOON).until(() -> branches.prepared().isEmpty());
      } finally {
        boolean withoutWaiting = true;
        Configuration.shutdown(withoutWaiting);
      }
    }
  }

  private static CoordinatorSettings settings() {
    return new CoordinatorSettings(
        "upgrade",
        Path.of("unused"),
        Duration.ofSeconds(1),
        Duration.ofMillis(100),
        Duration.ofMillis(50),
        2,
        Log.OWN,
        Phases.PARALLEL);
  }

  /** A participant in this JVM. */
  private static class ParticipantProcess {

    private final Upgraded upgraded;
    private final JdbcAccess data;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    ParticipantProcess(Upgraded upgraded, JdbcAccess data) {
      this.upgraded = upgraded;
      this.data = data;
    }

    /**
     * @param more folders on its class path
     */
    CompletableFuture<ConfigurableApplicationContext> start(List<Path> more) {
      return CompletableFuture.supplyAsync(() -> run(more), thread -> new Thread(thread).start());
    }

    private ConfigurableApplicationContext run(List<Path> more) {
      URL[] folders = more.stream().map(ParticipantProcess::url).toArray(URL[]::new);
      Thread.currentThread()
          .setContextClassLoader(new URLClassLoader(folders, UpgradeTest.class.getClassLoader()));
      var application = new SpringApplication(XaApplication.class);
      application.setDefaultProperties(properties());
      application.addListeners(
          (ApplicationListener<WebServerInitializedEvent>)
              started -> port.complete(started.getWebServer().getPort()));
      return application.run();
    }

    private static URL url(Path folder) {
      try {
        return folder.toUri().toURL();
      } catch (MalformedURLException impossible) {
        throw new AssertionError(impossible);
      }
    }

    private Map<String, Object> properties() {
      String service = upgraded.service();
      Map<String, Object> properties =
          new HashMap<>(
              Servers.get().keys().properties(List.of(service), OnRealDatabase.PROCESSES));
      properties.put("ticketing.services", service);
      properties.put("server.address", "127.0.0.1");
      properties.put("server.port", "0");
      properties.put("spring.datasource.url", data.url());
      properties.put("spring.datasource.username", data.user());
      properties.put("spring.datasource.password", data.password());
      Stream.of("user", "concert", "queue", "seat", "reservation", "point", "payment", "partner")
          .filter(other -> !other.equals(service))
          .forEach(
              other ->
                  properties.put(
                      "spring.http.serviceclient." + other + ".base-url", "http://127.0.0.1:1"));
      return properties;
    }

    RestClient.Builder asService() {
      return as(Servers.token("payment", upgraded.service()));
    }

    private RestClient.Builder as(String token) {
      return RestClient.builder()
          .requestFactory(new JdkClientHttpRequestFactory())
          .baseUrl("http://127.0.0.1:" + port.join())
          .defaultHeaders(headers -> headers.setBearerAuth(token));
    }

    /** Asks as a customer. */
    String get(String path) {
      String customer = Bearer.user(Servers.get().keys(), CUSTOMER);
      return as(customer).build().get().uri(path).retrieve().body(String.class);
    }
  }
}
