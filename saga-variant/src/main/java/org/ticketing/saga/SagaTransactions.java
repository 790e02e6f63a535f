package org.ticketing.saga;

import org.apache.seata.core.model.BranchType;
import org.apache.seata.core.model.GlobalStatus;
import org.apache.seata.rm.DefaultResourceManager;
import org.apache.seata.saga.engine.tm.DefaultSagaTransactionalTemplate;
import org.apache.seata.saga.rm.SagaResourceManager;
import org.apache.seata.tm.api.GlobalTransaction;
import org.apache.seata.tm.api.TransactionalExecutor.Code;
import org.apache.seata.tm.api.TransactionalExecutor.ExecutionException;
import org.apache.seata.tm.api.transaction.TransactionInfo;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.ticketing.platform.LogField;

/** Begins sagas at Seata's server, and reports their ends to it. */
class SagaTransactions extends DefaultSagaTransactionalTemplate
    implements SmartInitializingSingleton {

  @Override
  public void afterPropertiesSet() {
    // Too early: the server may ask for a compensation at once. See afterSingletonsInstantiated.
  }

  @Override
  public void afterSingletonsInstantiated() {
    // Seata 2.5.0 has two resource managers for sagas and uses the one for compatibility, which
    // knows nothing of this engine, so that recovery fails. Once all are loaded, the right one is
    // put in its place.
    DefaultResourceManager.get();
    DefaultResourceManager.mockResourceManager(BranchType.SAGA, new SagaResourceManager());
    try {
      super.afterPropertiesSet();
    } catch (Exception failure) {
      throw new IllegalStateException("Seata's client could not be started", failure);
    }
  }

  @Override
  public GlobalTransaction beginTransaction(TransactionInfo saga) throws ExecutionException {
    GlobalTransaction begun = super.beginTransaction(saga);
    LogField.XID.set(begun.getXid());
    return begun;
  }

  /**
   * Reports the end of a saga, with two exceptions to what Seata's own class does.
   *
   * <p>An engine that could not log a step asks the server to have the saga continued. This asks
   * for its compensation instead: the client has been told that the payment is being undone, and if
   * the log knows of the step after all, it refuses to continue for minutes ("is running").
   *
   * <p>When the server is away, the engine is told so by the exception that it expects, and goes
   * on; any other breaks off a saga that has succeeded.
   */
  @Override
  public void reportTransaction(GlobalTransaction saga, GlobalStatus status)
      throws ExecutionException {
    try {
      super.reportTransaction(
          saga, status == GlobalStatus.CommitRetrying ? GlobalStatus.RollbackRetrying : status);
    } catch (RuntimeException serverAway) {
      throw new ExecutionException(saga, serverAway, Code.ReportFailure);
    }
  }
}
