package org.ticketing.tcc;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.apache.seata.common.exception.FrameworkException;
import org.apache.seata.core.exception.TransactionException;
import org.apache.seata.core.model.GlobalStatus;
import org.apache.seata.tm.api.GlobalTransaction;
import org.apache.seata.tm.api.GlobalTransactionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.LogField;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Phases;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.platform.tracking.TransactionState;

/**
 * Runs tries in a global transaction of Seata and reports how it ended. Used instead of Seata's own
 * template, which takes every answer to a commit for a success unless it knows it to be a failure.
 * Any call may throw a {@code RuntimeException}: Seata's client lets them through when a connection
 * breaks while it writes.
 */
class GlobalTransactions {

  private static final Logger log = LoggerFactory.getLogger(GlobalTransactions.class);

  /** The answers after which Seata's server knows nothing of a transaction any more. */
  private static final Set<GlobalStatus> OVER =
      EnumSet.of(
          GlobalStatus.Committed,
          GlobalStatus.Rollbacked,
          GlobalStatus.TimeoutRollbacked,
          GlobalStatus.Finished);

  /** Who is asked to begin, commit and roll back. */
  private static final String SERVER = "seata";

  private final int timeoutMillis;
  private final OpenBranches branches;
  private final Phases phases;
  private final UnderWay underWay;
  private final PaymentParticipant payments;
  private final TransactionLog transactions;

  GlobalTransactions(
      Duration timeout,
      OpenBranches branches,
      Phases phases,
      UnderWay underWay,
      PaymentParticipant payments,
      TransactionLog transactions) {
    this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    this.branches = branches;
    this.phases = phases;
    this.underWay = underWay;
    this.payments = payments;
    this.transactions = transactions;
  }

  /**
   * Begins a transaction, runs the tries in it and commits it. Returns when the commit is decided
   * and the payment recorded as completed: by then the server has confirmed every other branch as
   * well, or it goes on until it has. When a try throws, everything is cancelled and the exception
   * is thrown on. If Seata's server is away at that moment, it cancels everything once it is back
   * and the transaction's time has run out.
   *
   * @throws ServiceUnavailable Seata's server cannot be reached or the time has run out; the tries
   *     are or will be cancelled
   * @throws OutcomeUnknown Seata's server went away while it decided, or the payment could not be
   *     recorded as completed
   */
  void run(UUID payment, Runnable tries) {
    GlobalTransaction transaction = begin();
    String xid = transaction.getXid();
    underWay.begun(xid, payment);
    try {
      attempt(tries, transaction, payment);
      commit(transaction);
    } finally {
      underWay.ended(xid, OVER.contains(transaction.getLocalStatus()));
    }
  }

  private void attempt(Runnable tries, GlobalTransaction transaction, UUID payment) {
    try {
      tries.run();
    } catch (FrameworkException seataFailure) {
      var failure = new ServiceUnavailable("Seata's server did not register a step.", seataFailure);
      rollBack(transaction, payment, failure);
      throw failure;
    } catch (RuntimeException | Error failure) {
      rollBack(transaction, payment, failure);
      throw failure;
    }
  }

  private GlobalTransaction begin() {
    GlobalTransaction transaction = GlobalTransactionContext.createNew();
    try {
      ask("begin", () -> transaction.begin(timeoutMillis, "payment"));
      LogField.XID.set(transaction.getXid());
      return transaction;
    } catch (TransactionException | RuntimeException failure) {
      throw new ServiceUnavailable("Seata's server cannot be reached.", failure);
    }
  }

  private void rollBack(GlobalTransaction transaction, UUID payment, Throwable cause) {
    payments.failing(payment, cause);
    transactions.changed(
        payment,
        transaction.getXid(),
        TransactionState.WORKING,
        TransactionState.UNDOING,
        cause.toString());
    try {
      ask("rollback", transaction::rollback);
    } catch (TransactionException | RuntimeException failure) {
      log.warn(
          "{} is left to Seata's server to cancel: {}", transaction.getXid(), failure.toString());
    }
  }

  private void commit(GlobalTransaction transaction) {
    GlobalStatus status;
    try {
      ask("commit", transaction::commit);
      status = transaction.getLocalStatus();
    } catch (TransactionException | RuntimeException failure) {
      status = statusAfter(failure, transaction);
    }
    switch (status == null ? GlobalStatus.UnKnown : status) {
      case Committed -> {}
      case Committing, CommitRetrying -> complete(transaction.getXid());
      case TimeoutRollbacking, TimeoutRollbackRetrying, TimeoutRollbacked ->
          throw new ServiceUnavailable("The payment took too long and is being undone.");
      default -> throw new OutcomeUnknown("Seata's server answered " + status + ".", null);
    }
  }

  private interface Request {
    void send() throws TransactionException;
  }

  private void ask(String phase, Request request) throws TransactionException {
    phases.call(
        phase,
        SERVER,
        () -> {
          request.send();
          return null;
        });
  }

  /**
   * Asks for the status instead of committing once more: server 2.0 answers a repeated commit with
   * a timeout even if it has decided to commit (DefaultCore.commit looks at the clock first).
   */
  private static GlobalStatus statusAfter(Exception commitFailure, GlobalTransaction transaction) {
    try {
      return transaction.getStatus();
    } catch (TransactionException | RuntimeException failure) {
      throw new OutcomeUnknown("Seata's server went away during the commit.", commitFailure);
    }
  }

  /**
   * Does not wait until the server has the payment recorded as completed. As long as no participant
   * has confirmed, the decision is in the server's store alone, which could be lost: nobody may be
   * told of it.
   */
  private void complete(String xid) {
    try {
      branches.confirmPayment(xid);
    } catch (RuntimeException failure) {
      throw new OutcomeUnknown("The payment is not yet recorded as completed.", failure);
    }
  }
}
