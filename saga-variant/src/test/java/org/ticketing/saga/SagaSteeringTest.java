package org.ticketing.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.seata.core.model.GlobalStatus;
import org.apache.seata.tm.api.GlobalTransaction;
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
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.EngineView;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.platform.tracking.TransactionState;
import org.ticketing.point.PointParticipantApi;
import org.ticketing.reservation.ReservationParticipantApi;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.testing.OnRealDatabase.Servers;

/** Operators and Seata's engine, with a real log. Participants and Seata's server are mocks. */
class SagaSteeringTest {

  /** Seata reads its settings from the application context. */
  @Configuration(proxyBeanMethods = false)
  static class EmptyApplication {}

  private static final CoordinatorSettings SETTINGS =
      new CoordinatorSettings(Duration.ofMinutes(1));

  private static DriverManagerDataSource database;

  private final PaymentParticipant payments = mock();
  private final PointParticipantApi points = mock();
  private final ReservationParticipantApi reservations = mock();
  private final SagaTransactions server = mock();
  private final GlobalTransaction transaction = mock();
  private final TransactionLog transactions = mock();
  private final PaymentCommand payment =
      new PaymentCommand(UUID.randomUUID(), "key", UUID.randomUUID(), UUID.randomUUID(), 100);
  private final String saga = "xid of " + payment.paymentId();
  private final TransactionKey key = new TransactionKey(payment.paymentId(), null);
  private final JdbcClient log = JdbcClient.create(database);
  private final Sagas sagas = new Sagas(log);
  private SagaEngine engine;
  private SagaTracking tracking;

  @BeforeAll
  static void start() {
    new SpringApplicationBuilder(EmptyApplication.class)
        .web(WebApplicationType.NONE)
        .run("--spring.application.name=saga");
    JdbcAccess access = Servers.get().postgres().createDatabase("saga_steering");
    database = new DriverManagerDataSource(access.url(), access.user(), access.password());
    new ResourceDatabasePopulator(
            new ClassPathResource("db/coordinator/postgresql/V1__saga_log.sql"))
        .execute(database);
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
    var settings = configuration.engineSettings(database, context, server, SETTINGS, transactions);
    settings.afterPropertiesSet();
    engine = configuration.engine(settings, sagas, transactions);
    Clock clock = Clock.systemUTC();
    tracking =
        new SagaTracking(sagas, new SagaSteering(sagas, engine, SETTINGS, clock), SETTINGS, clock);
  }

  @Test
  void aSuccessIsToldWhenItIsLogged() {
    pay();

    verify(transactions)
        .changed(
            payment.paymentId(), saga, TransactionState.WORKING, TransactionState.COMPLETING, null);
    assertThat(view().state()).isEqualTo(TransactionState.COMPLETED);
    assertThat(view().decision()).isEqualTo(Decision.COMPLETE);
    assertThat(perform(Steering.UNDO).isRefused()).isTrue();
    verify(points, never()).refund(any());
  }

  @Test
  void aCompensationThatFailsIsSeenStoppedAndStartedAndEnds() {
    thePointServiceIsAwayAfterALateRefusal();

    assertThat(view().state()).isEqualTo(TransactionState.UNDOING);
    assertThat(view().decision()).isEqualTo(Decision.UNDO);
    assertThat(view().error()).startsWith("RefundPoints").contains("nobody is there");
    assertThat(unfinished()).contains(view().transaction());
    assertToldOnce(TransactionState.WORKING, TransactionState.UNDOING, "Too late");

    theServerAsks();
    theServerAsks();
    assertThat(view().repetitions()).isEqualTo(2);

    assertThat(perform(Steering.SUSPEND).finished()).isTrue();
    clearInvocations(points);
    theServerAsks();
    verify(points, never()).refund(any());
    assertThat(view().suspended()).isTrue();
    assertThat(view().repetitions()).isEqualTo(2);
    assertThat(view().next()).isEmpty();
    assertThat(sagas.unfinishedSince(Instant.now().plusSeconds(60))).doesNotContain(saga);

    Effect once = perform(Steering.RETRY);
    verify(points).refund(any());
    assertThat(once.finished()).isFalse();
    assertThat(once.steps()).last().asString().contains("nobody is there");
    assertThat(view().suspended()).isTrue();

    thePointServiceIsBack();
    assertThat(perform(Steering.RESUME).finished()).isTrue();
    assertThat(view().next()).isNotEmpty();
    assertThat(sagas.unfinishedSince(Instant.now().plusSeconds(60))).contains(saga);
    theServerAsks();

    assertThat(view().state()).isEqualTo(TransactionState.UNDONE);
    assertThat(unfinished()).doesNotContain(view().transaction());
    assertToldOnce(TransactionState.UNDOING, TransactionState.UNDONE, "recovered");
  }

  @Test
  void anOperatorHasACompensationRepeatedAtOnce() {
    thePointServiceIsAwayAfterALateRefusal();
    thePointServiceIsBack();

    Effect effect = perform(Steering.RETRY);

    assertThat(effect.finished()).isTrue();
    assertThat(effect.steps())
        .containsExactlyInAnyOrder("compensate UsePoints", "compensate RecordPayment");
    assertThat(perform(Steering.RETRY).finished()).isTrue();
    assertThat(perform(Steering.COMPLETE).isRefused()).isTrue();
  }

  @Test
  void whatTheLogHoldsOfAStepThatIsToBeCompensatedIsShown() {
    thePointServiceIsAwayAfterALateRefusal();

    assertThat(new SagaHoldings(sagas).of(key))
        .extracting(Holding::participant, Holding::what, Holding::meaning)
        .containsExactlyInAnyOrder(
            tuple("payment", "saga", Meaning.OPEN),
            tuple("payment", "step RecordPayment", Meaning.DONE),
            tuple("payment", "step UsePoints", Meaning.DONE),
            tuple("payment", "step CompleteReservation", Meaning.UNDONE),
            tuple("payment", "compensation RefundPoints", Meaning.OPEN));

    thePointServiceIsBack();
    perform(Steering.RETRY);

    assertThat(new SagaHoldings(sagas).of(key))
        .extracting(Holding::meaning)
        .containsOnly(Meaning.UNDONE);
    assertThat(new SagaHoldings(sagas).of(new TransactionKey(UUID.randomUUID(), null))).isEmpty();
  }

  @Test
  void aSagaThatWasCutOffIsResumed() throws Exception {
    isCutOffInTheThirdStep();

    Effect effect = perform(Steering.COMPLETE);

    assertThat(effect.finished()).isTrue();
    verify(points, never()).use(any());
    verify(reservations).complete(any(), any());
    verify(payments).complete(payment.paymentId());
    verify(server).reportTransaction(transaction, GlobalStatus.Committed);
    assertThat(view().state()).isEqualTo(TransactionState.COMPLETED);
    assertThat(perform(Steering.COMPLETE).finished()).isTrue();
  }

  /** The step may have been done before it was cut off, or may arrive late. */
  @Test
  void aSagaThatIsResumedAndRefusedIsUndoneWithTheStepThatWasCutOff() {
    isCutOffInTheThirdStep();
    refuseLate();

    Effect effect = perform(Steering.COMPLETE);

    assertThat(effect.finished()).isFalse();
    verify(reservations).reopen(any(), any());
    verify(points).refund(any());
    verify(payments).cancel(payment);
    assertThat(view().state()).isEqualTo(TransactionState.UNDONE);
  }

  @Test
  void aSagaThatIsResumedIsNotCompensatedMeanwhileByTheServer() {
    isCutOffInTheThirdStep();
    doAnswer(
            meanwhile -> {
              theServerAsks();
              return null;
            })
        .when(reservations)
        .complete(any(), any());

    assertThat(perform(Steering.COMPLETE).finished()).isTrue();

    verify(points, never()).refund(any());
    assertThat(view().suspended()).isFalse();
  }

  @Test
  void aSagaThatWasCutOffIsUndone() {
    isCutOffInTheThirdStep();

    assertThat(perform(Steering.UNDO).finished()).isTrue();

    verify(reservations).reopen(any(), any());
    verify(points).refund(any());
    verify(payments).cancel(payment);
    assertToldOnce(TransactionState.WORKING, TransactionState.UNDOING, "interrupted");
  }

  private void pay() {
    engine.startWithBusinessKey(
        "payment", null, payment.paymentId().toString(), PaymentSaga.parameters(payment));
  }

  private void refuseLate() {
    doThrow(new Refusal(Reason.RESERVATION_EXPIRED, "Too late."))
        .when(reservations)
        .complete(any(), any());
  }

  private void thePointServiceIsAwayAfterALateRefusal() {
    refuseLate();
    doThrow(new ServiceUnreachable("nobody is there", null)).when(points).refund(any());
    pay();
  }

  private void thePointServiceIsBack() {
    doNothing().when(points).refund(any());
  }

  /** As if the payment process had died two minutes ago. */
  private void isCutOffInTheThirdStep() {
    pay();
    log.sql(
            """
            DELETE FROM seata_state_inst WHERE machine_inst_id = ? AND name = 'CompletePayment'""")
        .param(saga)
        .update();
    log.sql(
            """
            UPDATE seata_state_inst SET status = 'RU', gmt_end = NULL
            WHERE machine_inst_id = ? AND name = 'CompleteReservation'""")
        .param(saga)
        .update();
    log.sql(
            """
            UPDATE seata_state_inst SET gmt_started = gmt_started - interval '2 minutes'
            WHERE machine_inst_id = ?""")
        .param(saga)
        .update();
    log.sql(
            """
            UPDATE seata_state_machine_inst
            SET status = 'RU', is_running = true, gmt_end = NULL, end_params = NULL,
                gmt_started = gmt_started - interval '2 minutes',
                gmt_updated = gmt_updated - interval '2 minutes'
            WHERE id = ?""")
        .param(saga)
        .update();
    clearInvocations(payments, points, reservations, server, transactions);
  }

  private void theServerAsks() {
    engine.compensate(saga, null);
  }

  private List<TransactionKey> unfinished() {
    return tracking.unfinished(100).stream().map(EngineView::transaction).toList();
  }

  private EngineView view() {
    return tracking.find(key).orElseThrow();
  }

  private Effect perform(Steering steering) {
    return tracking.perform(steering, key);
  }

  private void assertToldOnce(TransactionState from, TransactionState to, String cause) {
    verify(transactions)
        .changed(eq(payment.paymentId()), eq(saga), eq(from), eq(to), contains(cause));
  }
}
