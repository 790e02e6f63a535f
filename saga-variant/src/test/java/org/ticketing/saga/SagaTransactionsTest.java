package org.ticketing.saga;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import org.apache.seata.core.model.GlobalStatus;
import org.apache.seata.tm.api.GlobalTransaction;
import org.apache.seata.tm.api.TransactionalExecutor.ExecutionException;
import org.junit.jupiter.api.Test;

class SagaTransactionsTest {

  private final GlobalTransaction saga = mock();
  private final SagaTransactions transactions = new SagaTransactions();

  @Test
  void aSagaThatCouldNotGoOnIsCompensatedAndNotContinued() throws Exception {
    transactions.reportTransaction(saga, GlobalStatus.CommitRetrying);

    verify(saga).globalReport(GlobalStatus.RollbackRetrying);
  }

  @Test
  void aServerThatIsAwayAtTheEndDoesNotBreakASagaOff() throws Exception {
    doThrow(new RuntimeException("the connection broke")).when(saga).globalReport(any());

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> transactions.reportTransaction(saga, GlobalStatus.Committed));
  }
}
