package org.ticketing.tcc;

import org.apache.seata.common.exception.FrameworkException;
import org.apache.seata.core.exception.TransactionException;
import org.apache.seata.core.model.GlobalStatus;
import org.apache.seata.tm.api.GlobalTransaction;
import org.apache.seata.tm.api.GlobalTransactionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.ServiceUnavailable;

/**
 * Runs tries in a global transaction of Seata and tells truthfully how it ended. (Seata's own
 * template takes every answer to a commit for success that it does not know as failure; and its
 * client throws what it likes when a connection breaks while it is written to.)
 */
@Component
@ConditionalOnHosted("payment")
class GlobalTransactions {

  private static final Logger log = LoggerFactory.getLogger(GlobalTransactions.class);

  private final int timeoutMillis;

  GlobalTransactions(TccProperties properties) {
    timeoutMillis = Math.toIntExact(properties.timeout().toMillis());
  }

  /**
   * Returns once the commit is decided: the server then confirms every branch, however long that
   * takes. What a try throws is thrown again after everything was cancelled, or, when Seata's
   * server is away, left for it to cancel by its timeout.
   *
   * @throws ServiceUnavailable Seata's server cannot be reached or the time ran out; the tries are
   *     or will be cancelled
   * @throws OutcomeUnknown Seata's server went away while deciding
   */
  void run(String name, Runnable tries) {
    GlobalTransaction transaction = begin(name);
    try {
      tries.run();
    } catch (FrameworkException seataFailure) {
      rollBack(transaction);
      throw new ServiceUnavailable("Seata's server did not register a step.", seataFailure);
    } catch (RuntimeException | Error failure) {
      rollBack(transaction);
      throw failure;
    }
    commit(transaction);
  }

  private GlobalTransaction begin(String name) {
    GlobalTransaction transaction = GlobalTransactionContext.createNew();
    try {
      transaction.begin(timeoutMillis, name);
      return transaction;
    } catch (TransactionException | RuntimeException failure) {
      throw new ServiceUnavailable("Seata's server cannot be reached.", failure);
    }
  }

  private static void rollBack(GlobalTransaction transaction) {
    try {
      transaction.rollback();
    } catch (TransactionException | RuntimeException failure) {
      log.warn(
          "{} is left to Seata's server to cancel: {}", transaction.getXid(), failure.toString());
    }
  }

  private static void commit(GlobalTransaction transaction) {
    GlobalStatus status;
    try {
      transaction.commit();
      status = transaction.getLocalStatus();
    } catch (TransactionException | RuntimeException failure) {
      status = ask(transaction, failure);
    }
    switch (status == null ? GlobalStatus.UnKnown : status) {
      case Committed, Committing, CommitRetrying -> {}
      case TimeoutRollbacking, TimeoutRollbackRetrying, TimeoutRollbacked ->
          throw new ServiceUnavailable("The payment took too long and is being undone.");
      default -> throw new OutcomeUnknown("Seata's server answered " + status + ".", null);
    }
  }

  /**
   * Asks instead of committing once more: to a repeated commit, server 2.0 answers that the time
   * has run out even when it has decided to commit (DefaultCore.commit looks at the clock first).
   */
  private static GlobalStatus ask(GlobalTransaction transaction, Exception commitFailure) {
    try {
      return transaction.getStatus();
    } catch (TransactionException | RuntimeException failure) {
      throw new OutcomeUnknown("Seata's server went away during the commit.", commitFailure);
    }
  }
}
