package org.ticketing.saga;

import org.apache.seata.core.model.BranchType;
import org.apache.seata.core.model.GlobalStatus;
import org.apache.seata.rm.DefaultResourceManager;
import org.apache.seata.saga.engine.tm.DefaultSagaTransactionalTemplate;
import org.apache.seata.saga.rm.SagaResourceManager;
import org.apache.seata.tm.api.GlobalTransaction;
import org.apache.seata.tm.api.TransactionalExecutor.Code;
import org.apache.seata.tm.api.TransactionalExecutor.ExecutionException;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Begins and ends sagas at Seata's server. When the server is away at the end, the engine is told
 * so in the form it expects and goes on; the client's own exceptions would break off a saga that
 * has succeeded.
 */
class SagaTransactions extends DefaultSagaTransactionalTemplate
    implements SmartInitializingSingleton {

  @Override
  public void afterPropertiesSet() {
    // Connects when everything is there: the server may ask for a compensation at once.
  }

  @Override
  public void afterSingletonsInstantiated() {
    // Seata 2.5.0 finds its compatibility class first, which knows nothing of this engine, and
    // recovery fails. Getting the resource managers loads them all; then this one takes its place.
    DefaultResourceManager.get();
    DefaultResourceManager.mockResourceManager(BranchType.SAGA, new SagaResourceManager());
    try {
      super.afterPropertiesSet();
    } catch (Exception failure) {
      throw new IllegalStateException("Seata's client could not be started", failure);
    }
  }

  /**
   * An engine that could not log a step asks the server to have the saga continued. That is refused
   * for minutes when the log knows of the step after all ("is running"), and the client has been
   * told that the payment is being undone: so it is.
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
