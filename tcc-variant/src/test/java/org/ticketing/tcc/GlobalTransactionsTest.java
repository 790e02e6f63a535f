package org.ticketing.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.apache.seata.core.model.GlobalStatus;
import org.apache.seata.core.model.TransactionManager;
import org.apache.seata.tm.TransactionManagerHolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.ticketing.platform.Phases;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.platform.tracking.TransactionState;

/** What is told and remembered of a transaction that this process begins. */
class GlobalTransactionsTest {

  /** Seata reads its settings from the application context. */
  @Configuration(proxyBeanMethods = false)
  static class EmptyApplication {}

  private static final String XID = "127.0.0.1:8091:1";
  private static final UUID PAYMENT = UUID.randomUUID();

  private final TransactionManager server = mock();
  private final TransactionLog log = mock();
  private final UnderWay underWay = new UnderWay(Clock.systemUTC());
  private final GlobalTransactions transactions =
      new GlobalTransactions(
          Duration.ofSeconds(24), mock(), Phases.UNOBSERVED, underWay, mock(), log);

  @BeforeAll
  static void start() {
    new SpringApplicationBuilder(EmptyApplication.class)
        .web(WebApplicationType.NONE)
        .run("--spring.application.name=tcc");
  }

  @BeforeEach
  void askTheServerOfTheTest() throws Exception {
    TransactionManagerHolder.set(server);
    when(server.begin(any(), any(), any(), anyInt())).thenReturn(XID);
  }

  @Test
  void aTransactionIsUnderWayUntilItIsCommitted() throws Exception {
    when(server.commit(XID)).thenReturn(GlobalStatus.Committed);

    transactions.run(PAYMENT, () -> assertThat(underWay.isRunning(XID)).isTrue());

    assertThat(underWay.isRunning(XID)).isFalse();
    assertThat(underWay.all()).isEmpty();
    verifyNoInteractions(log);
  }

  @Test
  void aTryThatIsRefusedIsToldAsTheCauseOfTheRollback() throws Exception {
    when(server.rollback(XID)).thenReturn(GlobalStatus.Rollbacked);

    assertThatThrownBy(() -> transactions.run(PAYMENT, GlobalTransactionsTest::refuse))
        .isInstanceOf(Refusal.class);

    verify(log)
        .changed(
            eq(PAYMENT),
            eq(XID),
            eq(TransactionState.WORKING),
            eq(TransactionState.UNDOING),
            contains("Too late."));
    assertThat(underWay.all()).isEmpty();
  }

  @Test
  void whatTheServerGoesOnWithIsRemembered() throws Exception {
    when(server.rollback(XID)).thenReturn(GlobalStatus.RollbackRetrying);

    assertThatThrownBy(() -> transactions.run(PAYMENT, GlobalTransactionsTest::refuse))
        .isInstanceOf(Refusal.class);

    assertThat(underWay.isRunning(XID)).isFalse();
    assertThat(underWay.all().get(XID).payment()).isEqualTo(PAYMENT);
  }

  private static void refuse() {
    throw new Refusal(Reason.RESERVATION_EXPIRED, "Too late.");
  }
}
