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
import java.util.HexFormat;
import java.util.UUID;
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

/** Two instances of a participant on one database, of which messages reach either. */
@ParameterizedClass
@EnumSource
@Timeout(120)
class TwoInstancesTest {

  enum Server {
    POSTGRESQL,
    MYSQL;

    private DatabaseServer get() {
      return this == POSTGRESQL ? Servers.get().postgres() : Servers.get().mysql();
    }
  }

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration NEVER = Duration.ofDays(1);
  private static int number;

  private final BranchXid branch = newBranch();
  private final Database database;
  private final HikariDataSource poolOfHolder;
  private final HikariDataSource poolOfOther;
  private final Branches holder;
  private final Branches other;

  TwoInstancesTest(Server server) {
    JdbcAccess access = server.get().createDatabase("two_instances_" + ++number);
    database = new Database(access);
    database.query("CREATE TABLE work (id varchar(40) PRIMARY KEY)");
    poolOfHolder = pool(access);
    poolOfOther = pool(access);
    holder = new Branches(new XaDatabase(poolOfHolder), settings());
    other = new Branches(new XaDatabase(poolOfOther), settings());
  }

  private static HikariDataSource pool(JdbcAccess access) {
    var pool = new HikariDataSource();
    pool.setJdbcUrl(access.url());
    pool.setUsername(access.user());
    pool.setPassword(access.password());
    pool.setMaximumPoolSize(4);
    return pool;
  }

  /** A prepared branch is in doubt at once, and one branch in doubt is the most. */
  private static ParticipantSettings settings() {
    return new ParticipantSettings(
        NEVER, Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofMillis(100), 1, null);
  }

  @AfterEach
  void close() {
    await().atMost(SOON).until(() -> holder.rollback(branch) != XAER_RMFAIL);
    poolOfHolder.close();
    poolOfOther.close();
  }

  @Test
  void branchThatIsNotPreparedIsNoneForTheOther() {
    work(branch);

    assertThat(other.prepare(branch)).isEqualTo(XAER_NOTA);
    assertThat(other.commit(branch, true)).isEqualTo(XAER_NOTA);
    assertThat(other.rollback(branch)).isEqualTo(XAER_NOTA);
    assertThatThrownBy(() -> other.open(Enlistment.join(branch)))
        .isInstanceOf(ServiceUnavailable.class);
    assertThat(isDone()).isFalse();

    assertThat(holder.prepare(branch)).isEqualTo(XA_OK);
    assertThat(holder.commit(branch, false)).isEqualTo(XA_OK);
    assertThat(isDone()).isTrue();
  }

  @Test
  void everyInstanceListsWhatIsPrepared() {
    work(branch);
    assertThat(holder.prepare(branch)).isEqualTo(XA_OK);

    assertThat(other.prepared()).contains(branch.toString());
  }

  @Test
  void preparedBranchIsCommittedByTheOther() {
    work(branch);
    assertThat(holder.prepare(branch)).isEqualTo(XA_OK);

    commitByTheOther();

    assertThat(isDone()).isTrue();
    assertThat(holder.commit(branch, false)).isEqualTo(XAER_NOTA);
  }

  @Test
  void holderOfABranchThatTheOtherHasEndedKeepsNoConnectionAndNotesNoDoubt() {
    work(branch);
    assertThat(holder.prepare(branch)).isEqualTo(XA_OK);
    commitByTheOther();

    await()
        .atMost(SOON)
        .until(
            () -> {
              holder.sweep();
              holder.look();
              return poolOfHolder.getHikariPoolMXBean().getActiveConnections() == 0;
            });
    BranchXid next = newBranch();
    work(next);
    assertThat(holder.rollback(next)).isEqualTo(XA_OK);
  }

  @Test
  void holderRefusesNewBranchesWhileOneIsInDoubt() {
    work(branch);
    assertThat(holder.prepare(branch)).isEqualTo(XA_OK);
    await()
        .atMost(SOON)
        .until(
            () -> {
              holder.sweep();
              return poolOfHolder.getHikariPoolMXBean().getActiveConnections() == 0;
            });

    holder.look();

    assertThatThrownBy(() -> holder.open(Enlistment.start(newBranch())))
        .isInstanceOf(ServiceUnavailable.class)
        .hasMessageContaining("in doubt");
  }

  /** Repeats the message as a coordinator does: MariaDB refuses it until the holder lets go. */
  private void commitByTheOther() {
    await()
        .atMost(SOON)
        .until(
            () -> {
              holder.sweep();
              return other.commit(branch, false) == XA_OK;
            });
  }

  private void work(BranchXid branch) {
    try (Connection connection = holder.open(Enlistment.start(branch));
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO work VALUES ('" + branch.globalTransaction() + "')");
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private boolean isDone() {
    return database.count("work", "id = '" + branch.globalTransaction() + "'") == 1;
  }

  private static BranchXid newBranch() {
    String random = UUID.randomUUID().toString().replace("-", "");
    return new BranchXid(1, random, HexFormat.of().formatHex("test/1".getBytes(UTF_8)));
  }
}
