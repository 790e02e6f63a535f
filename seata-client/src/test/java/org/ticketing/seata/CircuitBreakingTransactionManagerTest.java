package org.ticketing.seata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import org.apache.seata.common.loader.EnhancedServiceLoader;
import org.apache.seata.core.exception.TmTransactionException;
import org.apache.seata.core.exception.TransactionException;
import org.apache.seata.core.exception.TransactionExceptionCode;
import org.apache.seata.core.model.GlobalStatus;
import org.apache.seata.core.model.TransactionManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CircuitBreakingTransactionManagerTest {

  private static final String XID = "127.0.0.1:8091:1";

  private final TransactionManager server = mock();
  private final CircuitBreakingTransactionManager manager =
      new CircuitBreakingTransactionManager(server, Duration.ofMinutes(1));

  @BeforeEach
  void answer() throws Exception {
    when(server.begin(any(), any(), any(), anyInt())).thenReturn(XID);
  }

  @Test
  void isWhatSeataBeginsTransactionsWith() {
    assertThat(EnhancedServiceLoader.load(TransactionManager.class))
        .isInstanceOf(CircuitBreakingTransactionManager.class);
  }

  @Test
  void aFailureBetweenOthersThatSucceedChangesNothing() throws Exception {
    failOnce();
    begin();
    failOnce();
    begin();

    assertThat(begin()).isEqualTo(XID);
  }

  @Test
  void aServerThatGivesNoAnswerIsNotAskedByEverybody() throws Exception {
    failTwice();

    assertThatExceptionOfType(TransactionException.class)
        .isThrownBy(this::begin)
        .withMessageContaining("not asked");
    verify(server, times(2)).begin(any(), any(), any(), anyInt());
  }

  @Test
  void isThenAskedByOneAtATimeUntilItAnswers() throws Exception {
    failTwice();
    manager.breaker().transitionToHalfOpenState();
    doAnswer(
            asked -> {
              assertThatExceptionOfType(TransactionException.class)
                  .as("another, while the first waits for its answer")
                  .isThrownBy(this::begin)
                  .withMessageContaining("not asked");
              return XID;
            })
        .doReturn(XID)
        .when(server)
        .begin(any(), any(), any(), anyInt());

    assertThat(begin()).isEqualTo(XID);
    assertThat(begin()).isEqualTo(XID);
    verify(server, times(4)).begin(any(), any(), any(), anyInt());
  }

  @Test
  void isAskedAgainIfTheOneThatAskedNeverEnded() throws Exception {
    var impatient = new CircuitBreakingTransactionManager(server, Duration.ofMillis(10));
    when(server.begin(any(), any(), any(), anyInt()))
        .thenThrow(new OutOfMemoryError("of the test"))
        .thenReturn(XID);
    impatient.breaker().transitionToOpenState();
    impatient.breaker().transitionToHalfOpenState();
    assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> begin(impatient));

    await().ignoreExceptions().until(() -> begin(impatient).equals(XID));
  }

  @Test
  void whatHasBegunIsEndedAllTheSame() throws Exception {
    failTwice();
    when(server.commit(XID)).thenReturn(GlobalStatus.Committed);
    when(server.rollback(XID)).thenReturn(GlobalStatus.Rollbacked);
    when(server.getStatus(XID)).thenReturn(GlobalStatus.Begin);
    when(server.globalReport(XID, GlobalStatus.Finished)).thenReturn(GlobalStatus.Finished);

    assertThat(manager.commit(XID)).isEqualTo(GlobalStatus.Committed);
    assertThat(manager.rollback(XID)).isEqualTo(GlobalStatus.Rollbacked);
    assertThat(manager.getStatus(XID)).isEqualTo(GlobalStatus.Begin);
    assertThat(manager.globalReport(XID, GlobalStatus.Finished)).isEqualTo(GlobalStatus.Finished);
  }

  private String begin() throws TransactionException {
    return begin(manager);
  }

  private static String begin(TransactionManager manager) throws TransactionException {
    return manager.begin("an application", "a group", "payment", 1000);
  }

  private void failTwice() throws Exception {
    failOnce();
    failOnce();
  }

  private void failOnce() throws Exception {
    when(server.begin(any(), any(), any(), anyInt()))
        .thenThrow(new TmTransactionException(TransactionExceptionCode.IO, "RPC timeout"))
        .thenReturn(XID);
    assertThatExceptionOfType(TransactionException.class)
        .isThrownBy(this::begin)
        .withMessage("RPC timeout");
  }
}
