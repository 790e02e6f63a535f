package org.ticketing.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.ticketing.saga.Sagas.Unfinished;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.server.JdbcAccess;

/** What the gauges say of a log with sagas in every state. */
class SagaGaugesTest {

  private static LocalStack stack;
  private static JdbcClient log;

  private final Sagas sagas = new Sagas(log);

  @BeforeAll
  static void start() {
    stack = LocalStack.start(StackOptions.forServers(Set.of("postgresql")));
    JdbcAccess access = stack.postgres().createDatabase("saga_gauges");
    var database = new DriverManagerDataSource(access.url(), access.user(), access.password());
    new ResourceDatabasePopulator(
            new ClassPathResource("db/coordinator/postgresql/V1__saga_log.sql"))
        .execute(database);
    log = JdbcClient.create(database);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @BeforeEach
  void clear() {
    log.sql("DELETE FROM seata_state_inst").update();
    log.sql("DELETE FROM seata_state_machine_inst").update();
  }

  @Test
  void aSagaThatHasSucceededOrWasCompensatedIsNotInDoubt() {
    saga("'SU'", "NULL", false, 0);
    saga("'UN'", "'SU'", false, 0);

    assertThat(sagas.countUnfinished()).isEqualTo(new Unfinished(0, 0, 0, 0, 0));
  }

  @Test
  void theAgeIsThatOfTheOldest() {
    saga("'RU'", "NULL", true, 10);
    saga("'RU'", "NULL", true, 3600);

    Unfinished unfinished = sagas.countUnfinished();

    assertThat(unfinished.running()).isEqualTo(2);
    assertThat(unfinished.oldestSeconds()).isBetween(3600.0, 3660.0);
  }

  @Test
  void sagasAreCountedByWhatBecameOfTheirCompensation() {
    saga("'RU'", "NULL", true, 0);
    saga("'UN'", "NULL", false, 0);
    saga("'UN'", "'RU'", true, 0);
    saga("'UN'", "'UN'", false, 0);
    saga("'FA'", "'FA'", false, 0);

    Unfinished unfinished = sagas.countUnfinished();

    assertThat(unfinished.number()).isEqualTo(5);
    assertThat(unfinished.running()).isEqualTo(2);
    assertThat(unfinished.compensating()).isEqualTo(1);
    assertThat(unfinished.failed()).isEqualTo(2);
  }

  @Test
  void aCompensationIsFailingOnceItWasTriedForAWhile() {
    compensation(saga("'UN'", "'UN'", false, 60), "FA", 5);
    compensation(saga("'UN'", "'UN'", false, 60), "SU", 50);
    compensation(saga("'UN'", "'UN'", false, 60), "FA", 50);

    assertThat(sagas.countUnfinished().failing()).isEqualTo(1);
  }

  @Test
  void everyFigureIsAGauge() {
    Sagas counted = mock();
    when(counted.countUnfinished()).thenReturn(new Unfinished(90.5, 1, 2, 3, 4));
    var registry = new SimpleMeterRegistry();
    new SagaGauges(counted).bindTo(registry);

    assertThat(registry.get("ticketing.in.doubt").gauge().value()).isEqualTo(6);
    assertThat(registry.get("ticketing.in.doubt.age").gauge().value()).isEqualTo(90.5);
    assertThat(branches(registry, "running")).isEqualTo(1);
    assertThat(branches(registry, "compensating")).isEqualTo(2);
    assertThat(branches(registry, "failed")).isEqualTo(3);
    assertThat(registry.get("ticketing.compensations.failing").gauge().value()).isEqualTo(4);
  }

  private static double branches(SimpleMeterRegistry registry, String state) {
    return registry.get("ticketing.branches").tag("state", state).gauge().value();
  }

  private static String saga(
      String status, String compensationStatus, boolean running, int secondsOld) {
    String id = UUID.randomUUID().toString();
    log.sql(
            """
            INSERT INTO seata_state_machine_inst
              (id, machine_id, tenant_id, business_key, gmt_started, gmt_updated, is_running,
               status, compensation_status)
            VALUES (?, 'payment', '000001', ?, now() - ? * interval '1 second', now(), ?, %s, %s)"""
                .formatted(status, compensationStatus))
        .param(id)
        .param(id)
        .param(secondsOld)
        .param(running)
        .update();
    return id;
  }

  private static void compensation(String saga, String status, int secondsOld) {
    log.sql(
            """
            INSERT INTO seata_state_inst
              (id, machine_inst_id, name, state_id_compensated_for, gmt_started, status)
            VALUES ('step-1', ?, 'RefundPoints', 'step', now() - ? * interval '1 second', ?)""")
        .param(saga)
        .param(secondsOld)
        .param(status)
        .update();
  }
}
