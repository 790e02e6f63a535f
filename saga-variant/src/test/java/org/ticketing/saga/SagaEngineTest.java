package org.ticketing.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.seata.common.exception.FrameworkException;
import org.apache.seata.core.model.GlobalStatus;
import org.apache.seata.saga.engine.StateMachineEngine;
import org.apache.seata.saga.statelang.domain.ExecutionStatus;
import org.apache.seata.saga.statelang.domain.StateInstance;
import org.apache.seata.saga.statelang.domain.StateMachineInstance;
import org.apache.seata.tm.api.GlobalTransaction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.Phases;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnreachable;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.point.PointParticipantApi;
import org.ticketing.reservation.ReservationParticipantApi;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.server.JdbcAccess;

/** The engine with a real log. Participants and Seata's server are mocks. */
class SagaEngineTest {

  /** Seata reads its settings from the application context. */
  @Configuration(proxyBeanMethods = false)
  static class EmptyApplication {}

  private static LocalStack stack;
  private static DriverManagerDataSource database;

  private final PaymentParticipant payments = mock();
  private final PointParticipantApi points = mock();
  private final ReservationParticipantApi reservations = mock();
  private final SagaTransactions server = mock();
  private final GlobalTransaction transaction = mock();
  private final PaymentCommand payment =
      new PaymentCommand(UUID.randomUUID(), "key", UUID.randomUUID(), UUID.randomUUID(), 100);
  private final String saga = payment.paymentId().toString();
  private final JdbcClient log = JdbcClient.create(database);
  private StateMachineEngine engine;

  @BeforeAll
  static void start() {
    new SpringApplicationBuilder(EmptyApplication.class)
        .web(WebApplicationType.NONE)
        .run("--spring.application.name=saga");
    stack = LocalStack.start(StackOptions.forServers(Set.of("postgresql")));
    JdbcAccess access = stack.postgres().createDatabase("saga_log");
    database = new DriverManagerDataSource(access.url(), access.user(), access.password());
    new ResourceDatabasePopulator(
            new ClassPathResource("db/coordinator/postgresql/V1__saga_log.sql"))
        .execute(database);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @BeforeEach
  void startEngine() throws Exception {
    when(transaction.getXid()).thenReturn(saga);
    when(server.beginTransaction(any())).thenReturn(transaction);
    when(server.reloadTransaction(any())).thenReturn(transaction);
    var context = new StaticApplicationContext();
    context
        .getBeanFactory()
        .registerSingleton(
            "paymentSaga", new PaymentSaga(payments, points, reservations, Phases.UNOBSERVED));
    var configuration = new CoordinatorConfiguration();
    var settings =
        configuration.engineSettings(
            database,
            context,
            server,
            new CoordinatorSettings(Duration.ofMinutes(1)),
            TransactionLog.NONE);
    settings.afterPropertiesSet();
    engine = configuration.engine(settings, new Sagas(log), TransactionLog.NONE);
  }

  @Test
  void aSagaThatIsTakenOverBeginsNoFurtherStep() {
    doAnswer(
            meanwhile -> {
              engine.compensate(saga, null);
              return null;
            })
        .when(points)
        .use(any());

    assertThatExceptionOfType(FrameworkException.class).isThrownBy(this::pay);

    verify(points).refund(any());
    verify(payments).cancel(payment);
    verify(reservations, never()).complete(any(), any());
    assertUndone();
  }

  @Test
  void aTakeoverKnowsTheStepsThatWereBegunMeanwhile() {
    var earlier = new AtomicReference<StateMachineInstance>();
    doAnswer(
            step -> {
              earlier.set(engine.reloadStateMachineInstance(saga));
              return null;
            })
        .when(points)
        .use(any());
    doAnswer(
            step -> {
              takeOver(earlier.get());
              return null;
            })
        .when(reservations)
        .complete(any(), any());

    assertThatExceptionOfType(FrameworkException.class).isThrownBy(this::pay);

    assertThat(earlier.get().getStateList())
        .extracting(StateInstance::getName)
        .containsExactly("RecordPayment", "UsePoints", "CompleteReservation");
    verify(payments, never()).complete(any());
  }

  @Test
  void aSagaWhoseLastCompensationWasDoneButWhoseEndWasNotLoggedIsUndone() {
    refuseLate();
    pay();
    theEndWasNotLogged();
    clearInvocations(payments, points);

    engine.compensate(saga, null);

    assertUndone();
    verify(points, never()).refund(any());
  }

  @Test
  void aSagaWhoseSecondCompensationWasInterruptedIsUndone() {
    refuseLate();
    pay();
    theEndWasNotLogged();
    log.sql(
            "UPDATE seata_state_machine_inst SET compensation_status = 'UN', gmt_updated = now() - interval '2 minutes' WHERE id = ?")
        .param(saga)
        .update();

    engine.compensate(saga, null);

    assertUndone();
  }

  @Test
  void aSagaThatWasInterruptedBeforeItsFirstStepIsUndone() throws Exception {
    doThrow(new IllegalStateException("interrupted")).when(payments).request(any());
    doThrow(new IllegalStateException("interrupted"))
        .when(payments)
        .cancel(any(PaymentCommand.class));
    pay();
    log.sql("DELETE FROM seata_state_inst WHERE machine_inst_id = ?").param(saga).update();
    theEndWasNotLogged();

    engine.compensate(saga, null);

    assertUndone();
    verify(server).reportTransaction(transaction, GlobalStatus.Rollbacked);
  }

  @Test
  void aCompensationMayBeInterruptedManyTimes() {
    refuseLate();
    pay();
    for (int times = 0; times < 3; times++) {
      theEndWasNotLogged();
      log.sql(
              """
              UPDATE seata_state_inst SET status = 'RU', gmt_end = NULL
              WHERE machine_inst_id = ? AND state_id_compensated_for IS NOT NULL""")
          .param(saga)
          .update();
      clearInvocations(payments, points);

      engine.compensate(saga, null);

      var order = inOrder(points, payments);
      order.verify(points).refund(any());
      order.verify(payments).cancel(payment);
      assertUndone();
    }
    assertThat(steps())
        .containsExactly(
            "RecordPayment", "UsePoints", "CompleteReservation", "RefundPoints", "CancelPayment");
  }

  /** A database that crashes loses the last records that were not forced. The engine lives on. */
  @Test
  void aSagaWhoseLastStepIsNotRecordedIsUndoneWithTheFirst() {
    pay();
    theEndWasNotLogged();
    log.sql("DELETE FROM seata_state_inst WHERE name = 'CompletePayment'").update();

    engine.compensate(saga, null);

    verify(payments).cancel(payment);
    assertUndone();
  }

  @Test
  void aStepThatCouldNotBeSentIsNotCompensated() {
    doThrow(new ServiceUnreachable("nobody is there", null)).when(points).use(any());

    pay();

    verify(points, never()).refund(any());
    verify(payments).cancel(payment);
    assertUndone();
  }

  @Test
  void aCompletedPaymentIsRevokedFirstAndCancelledLast() {
    doThrow(new IllegalStateException("the answer was lost")).when(payments).complete(any());

    pay();

    var order = inOrder(payments, points, reservations);
    order.verify(payments).cancel(payment.paymentId());
    order.verify(reservations).reopen(any(), any());
    order.verify(points).refund(any());
    order.verify(payments).cancel(payment);
    assertUndone();
  }

  private void takeOver(StateMachineInstance read) {
    engine.getStateMachineConfig().getStateLogStore().recordStateMachineRestarted(read, null);
  }

  private void refuseLate() {
    doThrow(new Refusal(Reason.RESERVATION_EXPIRED, "Too late."))
        .when(reservations)
        .complete(any(), any());
  }

  private void pay() {
    engine.startWithBusinessKey("payment", null, saga, PaymentSaga.parameters(payment));
  }

  private void theEndWasNotLogged() {
    log.sql(
            """
            UPDATE seata_state_machine_inst
            SET status = 'RU', compensation_status = NULL, is_running = true, gmt_end = NULL
            WHERE id = ?""")
        .param(saga)
        .update();
  }

  private void assertUndone() {
    assertThat(
            log.sql(
                    """
                    SELECT is_running || ' ' || status || ' ' || compensation_status
                    FROM seata_state_machine_inst WHERE id = ?""")
                .param(saga)
                .query(String.class)
                .single())
        .isEqualTo("false " + ExecutionStatus.UN + " " + ExecutionStatus.SU);
  }

  private List<String> steps() {
    return log.sql(
            "SELECT name FROM seata_state_inst WHERE machine_inst_id = ? ORDER BY gmt_started, id")
        .param(saga)
        .query(String.class)
        .list();
  }
}
