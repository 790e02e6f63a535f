package org.ticketing.saga;

import org.apache.seata.common.exception.FrameworkException;
import org.apache.seata.core.model.GlobalStatus;
import org.apache.seata.saga.engine.tm.DefaultSagaTransactionalTemplate;
import org.apache.seata.tm.api.GlobalTransaction;
import org.apache.seata.tm.api.TransactionalExecutor.Code;
import org.apache.seata.tm.api.TransactionalExecutor.ExecutionException;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Begins and ends sagas at Seata's server. When the server is away at the end, the engine is told
 * so in the form it expects and goes on; the client's own exception would break off a saga that has
 * succeeded.
 */
class SagaTransactions extends DefaultSagaTransactionalTemplate
    implements SmartInitializingSingleton {

  @Override
  public void afterPropertiesSet() {
    // Connects when everything is there: the server may ask for a compensation at once.
  }

  @Override
  public void afterSingletonsInstantiated() {
    try {
      super.afterPropertiesSet();
    } catch (Exception failure) {
      throw new IllegalStateException("Seata's client could not be started", failure);
    }
  }

  @Override
  public void reportTransaction(GlobalTransaction saga, GlobalStatus status)
      throws ExecutionException {
    try {
      super.reportTransaction(saga, status);
    } catch (FrameworkException serverAway) {
      throw new ExecutionException(saga, serverAway, Code.ReportFailure);
    }
  }
}
