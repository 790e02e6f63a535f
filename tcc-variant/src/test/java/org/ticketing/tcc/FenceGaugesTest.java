package org.ticketing.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.mock.env.MockEnvironment;
import org.ticketing.stack.server.DatabaseServer;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.tcc.OpenBranches.Count;
import org.ticketing.testing.OnRealDatabase.Servers;

/** What the gauges say of a fence with branches in every state. */
@ParameterizedClass
@EnumSource
class FenceGaugesTest {

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

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final int TRIED = 1;
  private static final int CONFIRMED = 2;
  private static final int CANCELLED = 3;
  private static final int ORPHANED = 5;
  private static int number;

  private final JdbcClient fence;
  private final OpenBranches branches;

  FenceGaugesTest(Server server) {
    JdbcAccess access = server.get().createDatabase("fence_gauges_" + ++number);
    var database = new DriverManagerDataSource(access.url(), access.user(), access.password());
    new ResourceDatabasePopulator(
            new ClassPathResource("db/protocol/%s/V1__tcc_fence.sql".formatted(server.migrations)))
        .execute(database);
    fence = JdbcClient.create(database);
    branches = new OpenBranches(fence, null, null);
  }

  @Test
  void branchesThatHaveEndedAreNotInDoubt() {
    row(CONFIRMED, 100);
    row(CANCELLED, 100);

    assertThat(branches.count(NOW)).isEqualTo(new Count(0, Optional.empty(), 0, 0));
  }

  @Test
  void openBranchesAreCountedWithTheTimeOfTheOldest() {
    row(TRIED, 5);
    row(TRIED, 25);
    row(ORPHANED, 60);

    assertThat(branches.count(NOW.minusSeconds(24)))
        .isEqualTo(new Count(3, Optional.of(NOW.minusSeconds(60)), 1, 1));
  }

  @Test
  void everyFigureIsAGauge() {
    OpenBranches counted = mock();
    when(counted.count(any())).thenReturn(new Count(7, Optional.of(NOW.minusMillis(90_500)), 2, 3));
    var registry = new SimpleMeterRegistry();
    new FenceGauges(counted, Clock.fixed(NOW, ZoneOffset.UTC), new MockEnvironment())
        .bindTo(registry);

    assertThat(registry.get("ticketing.in.doubt").gauge().value()).isEqualTo(7);
    assertThat(registry.get("ticketing.in.doubt.age").gauge().value()).isEqualTo(90.5);
    assertThat(value(registry, "ticketing.branches", "state", "tried")).isEqualTo(5);
    assertThat(value(registry, "ticketing.branches", "state", "orphaned")).isEqualTo(2);
    assertThat(value(registry, "ticketing.compensations.failing", "what", "orphaned branches"))
        .isEqualTo(2);
    assertThat(value(registry, "ticketing.compensations.failing", "what", "late branches"))
        .isEqualTo(3);
  }

  private static double value(
      SimpleMeterRegistry registry, String gauge, String tag, String value) {
    return registry.get(gauge).tag(tag, value).gauge().value();
  }

  private void row(int status, int secondsOld) {
    Timestamp tried = Timestamp.from(NOW.minusSeconds(secondsOld));
    fence
        .sql(
            """
            INSERT INTO tcc_fence_log
              (xid, branch_id, action_name, status, gmt_create, gmt_modified)
            VALUES (?, 1, 'point', ?, ?, ?)""")
        .param(UUID.randomUUID().toString())
        .param(status)
        .param(tried)
        .param(tried)
        .update();
  }
}
