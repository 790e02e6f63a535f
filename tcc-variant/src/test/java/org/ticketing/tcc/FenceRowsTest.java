package org.ticketing.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.stack.server.DatabaseServer;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.testing.OnRealDatabase.Servers;

/** What is read of a fence with branches in every state, and what recovery leaves alone. */
@ParameterizedClass
@EnumSource
class FenceRowsTest {

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

  private static final Instant TRIED = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant CHANGED = TRIED.plusSeconds(7);
  private static int number;

  private final UUID payment = UUID.randomUUID();
  private final JdbcClient fence;
  private final FenceRows rows;
  private final OpenBranches branches;

  FenceRowsTest(Server server) {
    JdbcAccess access = server.get().createDatabase("fence_rows_" + ++number);
    var database = new DriverManagerDataSource(access.url(), access.user(), access.password());
    new ResourceDatabasePopulator(
            new ClassPathResource("db/protocol/%s/V1__tcc_fence.sql".formatted(server.migrations)))
        .execute(database);
    fence = JdbcClient.create(database);
    rows = new FenceRows(fence);
    branches = new OpenBranches(fence, null, null);
  }

  @Test
  void everyStateHasAMeaning() {
    row("xid", 1, "point " + payment, 1);
    row("xid", 2, "point " + payment, 2);
    row("xid", 3, "point " + payment, 3);
    row("xid", 4, "point", 4);
    row("xid", 5, "point " + payment, 5);

    List<Holding> holdings = new FenceHoldings(rows).of(new TransactionKey(null, "xid"));

    assertThat(holdings)
        .extracting(Holding::state, Holding::meaning, Holding::since)
        .containsExactly(
            tuple("TRIED", Meaning.OPEN, TRIED),
            tuple("COMMITTED", Meaning.DONE, CHANGED),
            tuple("ROLLBACKED", Meaning.UNDONE, CHANGED),
            tuple("SUSPENDED", Meaning.UNDONE, CHANGED),
            tuple("ORPHANED", Meaning.OPEN, TRIED));
    assertThat(holdings)
        .extracting(Holding::participant, Holding::what)
        .containsOnly(tuple("point", "fence row"));
  }

  @Test
  void aBranchIsFoundByItsPayment() {
    row("xid", 1, "reservation " + payment, 2);
    row("other", 1, "reservation " + UUID.randomUUID(), 2);

    assertThat(rows.of(new TransactionKey(payment, null)))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.xid()).isEqualTo("xid");
              assertThat(row.action()).isEqualTo("reservation");
              assertThat(row.payment()).isEqualTo(payment);
            });
  }

  @Test
  void theOpenBranchesAreListedTheOldestFirst() {
    row("second", 1, "point " + payment, 1);
    row("ended", 1, "point " + payment, 2);
    row("first", 1, "point " + payment, 5);
    fence
        .sql("UPDATE tcc_fence_log SET gmt_create = ? WHERE xid = 'first'")
        .param(Timestamp.from(TRIED.minusSeconds(1)))
        .update();

    assertThat(rows.open(10)).extracting(FenceRow::xid).containsExactly("first", "second");
    assertThat(rows.open(1)).extracting(FenceRow::xid).containsExactly("first");
  }

  @Test
  void recoveryLeavesAloneWhatAnOperatorHasStopped() {
    row("xid", 1, "point " + payment, 1);
    row("other", 1, "point " + UUID.randomUUID(), 5);

    branches.suspend("xid", true);

    assertThat(branches.notSuspended()).extracting(Branch::xid).containsExactly("other");
    assertThat(branches.all()).hasSize(2);
    assertThat(branches.of("xid")).hasSize(1);
    assertThat(rows.open(10))
        .extracting(FenceRow::suspended)
        .containsExactlyInAnyOrder(true, false);

    branches.suspend("xid", false);

    assertThat(branches.notSuspended()).hasSize(2);
  }

  private void row(String xid, long branch, String action, int status) {
    fence
        .sql(
            """
            INSERT INTO tcc_fence_log
              (xid, branch_id, action_name, status, gmt_create, gmt_modified)
            VALUES (?, ?, ?, ?, ?, ?)""")
        .param(xid)
        .param(branch)
        .param(action)
        .param(status)
        .param(Timestamp.from(TRIED))
        .param(Timestamp.from(CHANGED))
        .update();
  }
}
