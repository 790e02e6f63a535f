package org.ticketing.xa;

import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.util.Optional;
import java.util.UUID;
import org.ticketing.platform.LogField;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Phases;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.TransactionLog;

/** Runs work in global transactions. */
class GlobalTransactions {

  private static final ThreadLocal<GlobalTransaction> CURRENT = new ThreadLocal<>();

  private final TransactionManager transactions;
  private final UnderWay underWay;
  private final Participants participants;
  private final OwnDatabase own;
  private final Phases phases;
  private final TransactionLog log;

  GlobalTransactions(
      Coordinator coordinator,
      Participants participants,
      OwnDatabase own,
      Phases phases,
      TransactionLog log) {
    this.transactions = coordinator.transactionManager();
    this.underWay = coordinator.underWay();
    this.participants = participants;
    this.own = own;
    this.phases = phases;
    this.log = log;
  }

  /** The transaction that the work of this thread belongs to. */
  static Optional<GlobalTransaction> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /**
   * Runs the work in a new global transaction and commits it. What the work does on the calling
   * thread belongs to the transaction, both in the database of this process and in participants
   * that it calls. What the work throws is thrown again after the transaction was rolled back.
   *
   * @throws ServiceUnavailable the coordinator begins no transaction now, or has decided to roll
   *     this one back
   * @throws OutcomeUnknown the decision was to commit and has not reached every participant yet, or
   *     it could not be learnt; recovery goes on until all participants have done the same
   */
  void run(Runnable work) {
    GlobalTransaction transaction = begin();
    try {
      runAndCommit(transaction, work);
    } finally {
      transaction.end();
      transaction.branch(CoordinatorConfiguration.PAYMENT).ifPresent(own::leave);
    }
  }

  private GlobalTransaction begin() {
    try {
      transactions.begin();
      return new GlobalTransaction(
          transactions.getTransaction(),
          participants,
          underWay,
          phases.fromHere(),
          new Progress(LogField.PAYMENT.value().map(UUID::fromString).orElse(null), log));
    } catch (NotSupportedException | SystemException | RuntimeException failure) {
      throw new ServiceUnavailable("The coordinator begins no transaction now.", failure);
    }
  }

  private void runAndCommit(GlobalTransaction transaction, Runnable work) {
    try {
      runIn(transaction, work);
    } catch (RuntimeException | Error failure) {
      transaction.rollback(failure);
      throw failure;
    }
    transaction.commit();
  }

  private void runIn(GlobalTransaction transaction, Runnable work) {
    CURRENT.set(transaction);
    CurrentBranch.set(() -> own.open(transaction.enlist(CoordinatorConfiguration.PAYMENT)));
    try {
      work.run();
    } finally {
      CurrentBranch.clear();
      CURRENT.remove();
    }
  }
}
