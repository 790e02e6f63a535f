package org.ticketing.xa;

import static java.nio.charset.StandardCharsets.UTF_8;
import static javax.transaction.xa.XAException.XAER_NOTA;
import static javax.transaction.xa.XAException.XAER_RMFAIL;
import static javax.transaction.xa.XAResource.XA_OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.stack.server.DatabaseServer;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.testing.Database;
import org.ticketing.testing.OnRealDatabase.Servers;
import org.ticketing.testing.SilentRelay;

/**
 * What branches take from others, threads and connections, when their database goes silent or their
 * coordinator does.
 */
@ParameterizedClass
@EnumSource
@Timeout(120)
class SilentBranchesTest {

  enum Server {
    POSTGRESQL("1"),
    MYSQL("1000");

    private final String socketTimeout;

    Server(String socketTimeout) {
      this.socketTimeout = socketTimeout;
    }

    DatabaseServer get() {
      return this == POSTGRESQL ? Servers.get().postgres() : Servers.get().mysql();
    }
  }

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration NEVER = Duration.ofDays(1);
  private static final int POOL = 10;
  private static int number;

  private final Server server;
  private final JdbcAccess access;
  private final Database database;
  private final SilentRelay relay;
  private final HikariDataSource pool = new HikariDataSource();
  private final List<BranchXid> begun = new ArrayList<>();
  private final ExecutorService requestThreads = Executors.newCachedThreadPool();
  private Branches branches;

  SilentBranchesTest(Server server) {
    this.server = server;
    access = server.get().createDatabase("silent_branches_" + ++number);
    database = new Database(access);
    database.query("CREATE TABLE work (id varchar(40) PRIMARY KEY)");
    relay = SilentRelay.to(access);
    JdbcAccess relayed = relay.through(access);
    pool.setJdbcUrl(relayed.url());
    pool.setUsername(relayed.user());
    pool.setPassword(relayed.password());
    pool.setMaximumPoolSize(POOL);
    pool.setConnectionTimeout(NEVER.toMillis());
    use(settings(NEVER, 100));
  }

  private void use(ParticipantSettings settings) {
    branches = new Branches(new XaDatabase(pool), settings);
  }

  private static ParticipantSettings settings(Duration keepPrepared, int mostInDoubt) {
    return new ParticipantSettings(
        NEVER, keepPrepared, Duration.ofSeconds(1), Duration.ofMillis(100), mostInDoubt, null);
  }

  @AfterEach
  void endAllBranches() {
    relay.goOn();
    for (BranchXid branch : begun) {
      await().atMost(SOON).until(() -> ended(() -> branches.rollback(branch)));
    }
    requestThreads.shutdownNow();
    pool.close();
    relay.close();
  }

  @Test
  void repetitionsKeepNoMoreThanOneThreadForEachBranchOfASilentDatabase() {
    List<BranchXid> prepared = prepare(POOL);
    relay.silence();

    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int repetition = 0; repetition < 10; repetition++) {
      prepared.forEach(branch -> answers.add(inARequest(() -> branches.commit(branch, false))));
    }

    await().atMost(SOON).until(() -> answered(answers).size() == 9 * POOL);
    assertThat(answered(answers)).containsOnly(XAER_RMFAIL);
    relay.goOn();
    commitAll(prepared);
  }

  @Test
  void branchesWithoutAConnectionKeepAFewThreadsInAllWhenTheirDatabaseIsSilent() {
    use(settings(AT_ONCE, 100));
    List<BranchXid> inDoubt = prepareAndLeave(POOL);
    inDoubt.addAll(prepareAndLeave(POOL));
    relay.silence();

    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    inDoubt.forEach(branch -> answers.add(inARequest(() -> branches.commit(branch, false))));

    await().atMost(SOON).until(() -> refused(answers) == answers.size() - 8);
    assertThat(answered(answers)).isEmpty();
    relay.goOn();
    commitAll(inDoubt);
  }

  @Test
  void connectionOutsideOfThePoolIsGivenUpAsOneOfThePoolIs() {
    pool.addDataSourceProperty("socketTimeout", server.socketTimeout);
    use(settings(AT_ONCE, 100));
    List<BranchXid> inDoubt = prepareAndLeave(1);
    relay.silence();

    assertThat(branches.commit(inDoubt.get(0), false)).isEqualTo(XAER_RMFAIL);

    relay.goOn();
    commitAll(inDoubt);
  }

  @Test
  void branchInDoubtKeepsNoConnectionFromOthers() {
    use(settings(AT_ONCE, 100));
    List<BranchXid> inDoubt = prepareAndLeave(POOL);

    inDoubt.addAll(prepare(POOL));

    commitAll(inDoubt);
  }

  @Test
  void newBranchesAreRefusedWhileTooManyAreInDoubt() {
    use(settings(AT_ONCE, 2));
    List<BranchXid> inDoubt = prepareAndLeave(2);

    assertThatThrownBy(() -> work(newBranch()))
        .isInstanceOf(ServiceUnavailable.class)
        .hasMessageContaining("2 branches are in doubt");

    commitAll(inDoubt);
    commitAll(prepare(1));
  }

  @Test
  void branchThatIsBusyIsRolledBackByWhoeverWorksInIt() throws SQLException {
    BranchXid branch = newBranch();
    Connection working = branches.open(Enlistment.start(branch));
    insert(branch, working);

    assertThat(inARequest(() -> branches.rollback(branch)).join()).isEqualTo(XAER_RMFAIL);
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isEqualTo(1);
    working.close();

    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    assertThat(branches.prepare(branch)).isEqualTo(XAER_NOTA);
    assertThat(database.count("work", "true")).isZero();
  }

  @Test
  void workDoesNotWaitForOtherWorkInItsBranchForEver() throws SQLException {
    BranchXid branch = newBranch();
    Connection working = branches.open(Enlistment.start(branch));

    CompletableFuture<Integer> other =
        inARequest(
            () -> {
              assertThatThrownBy(() -> branches.open(Enlistment.join(branch)))
                  .isInstanceOf(SQLException.class)
                  .hasMessageContaining("is busy");
              return XA_OK;
            });

    assertThat(other.join()).isEqualTo(XA_OK);
    working.close();
  }

  /** Has branches prepared and left alone until they have no connection any more. */
  private List<BranchXid> prepareAndLeave(int count) {
    List<BranchXid> prepared = prepare(count);
    await()
        .atMost(SOON)
        .until(
            () -> {
              branches.sweep();
              return pool.getHikariPoolMXBean().getActiveConnections() == 0;
            });
    return prepared;
  }

  private List<BranchXid> prepare(int count) {
    List<BranchXid> prepared = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BranchXid branch = newBranch();
      work(branch);
      assertThat(branches.prepare(branch)).isEqualTo(XA_OK);
      prepared.add(branch);
    }
    return prepared;
  }

  private BranchXid newBranch() {
    String random = UUID.randomUUID().toString().replace("-", "");
    var branch = new BranchXid(1, random, HexFormat.of().formatHex("test/1".getBytes(UTF_8)));
    begun.add(branch);
    return branch;
  }

  private void work(BranchXid branch) {
    try (Connection connection = branches.open(Enlistment.start(branch))) {
      insert(branch, connection);
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void insert(BranchXid branch, Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("INSERT INTO work VALUES ('" + branch.globalTransaction() + "')");
    }
  }

  /** Repeats the message as a coordinator does. */
  private void commitAll(List<BranchXid> prepared) {
    for (BranchXid branch : prepared) {
      await().atMost(SOON).until(() -> ended(() -> branches.commit(branch, false)));
      assertThat(database.count("work", "id = '" + branch.globalTransaction() + "'")).isOne();
    }
  }

  private static boolean ended(Message message) {
    try {
      return message.send() != XAER_RMFAIL;
    } catch (ServiceUnavailable toBeRepeated) {
      return false;
    }
  }

  private CompletableFuture<Integer> inARequest(Message message) {
    return CompletableFuture.supplyAsync(message::send, requestThreads);
  }

  private static List<Integer> answered(List<CompletableFuture<Integer>> answers) {
    return answers.stream()
        .filter(answer -> answer.isDone() && !answer.isCompletedExceptionally())
        .map(CompletableFuture::join)
        .toList();
  }

  private static long refused(List<CompletableFuture<Integer>> answers) {
    return answers.stream().filter(CompletableFuture::isCompletedExceptionally).count();
  }

  private interface Message {
    int send();
  }
}
