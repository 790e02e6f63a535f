package org.ticketing.tcc;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.seata.core.model.GlobalStatus;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.TransactionState;

/**
 * What is known of a transaction, by everybody who could be asked.
 *
 * @param xid null if nobody knows it
 * @param payment null if nobody knows it
 * @param begunAt null if nobody knows it
 * @param server what Seata's server answers; null if it gives no answer, or could not be asked for
 *     want of an Xid
 * @param recorded what the payment's record says; null if there is none
 * @param rows of the fences
 * @param reserved which participants have set something aside for the payment
 * @param notReached why participants have not answered, a line each
 */
record TccTransaction(
    String xid,
    UUID payment,
    Instant begunAt,
    GlobalStatus server,
    Status recorded,
    List<FenceRow> rows,
    List<String> reserved,
    List<String> notReached) {

  TccTransaction answered(GlobalStatus status) {
    return new TccTransaction(xid, payment, begunAt, status, recorded, rows, reserved, notReached);
  }

  /** Whether Seata's server has answered that it does not know it, or does not know it any more. */
  boolean isForgotten() {
    return server == GlobalStatus.Finished;
  }

  boolean hasOpenBranches() {
    return rows.stream().anyMatch(FenceRow::open);
  }

  boolean isSuspended() {
    return rows.stream().anyMatch(row -> row.open() && row.suspended());
  }

  /** Seata's server confirms others only after it has decided. */
  boolean isConfirmedByOthers() {
    return rows.stream()
        .anyMatch(row -> row.confirmed() && !row.action().equals(Participants.PAYMENT));
  }

  /** The server's, as long as it knows the transaction, else that of the payment's own branch. */
  Decision decision() {
    if (server == null) {
      return Decision.UNKNOWN;
    }
    return switch (server) {
      case Begin -> Decision.NONE;
      case Committing,
          CommitRetrying,
          AsyncCommitting,
          Committed,
          CommitFailed,
          CommitRetryTimeout,
          StopCommitOrCommitRetry ->
          Decision.COMPLETE;
      case Rollbacking,
          RollbackRetrying,
          TimeoutRollbacking,
          TimeoutRollbackRetrying,
          Rollbacked,
          TimeoutRollbacked,
          RollbackFailed,
          TimeoutRollbackFailed,
          RollbackRetryTimeout,
          StopRollbackOrRollbackRetry ->
          Decision.UNDO;
      case Finished -> decisionOfRecord();
      default -> Decision.UNKNOWN;
    };
  }

  private Decision decisionOfRecord() {
    if (recorded == null) {
      return Decision.UNKNOWN;
    }
    return switch (recorded) {
      case COMPLETED -> Decision.COMPLETE;
      case FAILED -> Decision.UNDO;
      case REQUESTED -> isConfirmedByOthers() ? Decision.COMPLETE : undecided();
    };
  }

  /** One that is not reached may have confirmed. */
  private Decision undecided() {
    return notReached.isEmpty() ? Decision.NONE : Decision.UNKNOWN;
  }

  TransactionState state() {
    boolean over =
        isForgotten()
            ? recorded != Status.REQUESTED && !hasOpenBranches() && notReached.isEmpty()
            : server == GlobalStatus.Committed
                || server == GlobalStatus.Rollbacked
                || server == GlobalStatus.TimeoutRollbacked;
    return switch (decision()) {
      case NONE -> isForgotten() ? TransactionState.UNKNOWN : TransactionState.WORKING;
      case COMPLETE -> over ? TransactionState.COMPLETED : TransactionState.COMPLETING;
      case UNDO -> over ? TransactionState.UNDONE : TransactionState.UNDOING;
      case UNKNOWN -> TransactionState.UNKNOWN;
    };
  }

  /** Why it does not end; null if nothing is known to be in its way. */
  String error() {
    if (xid != null && server == null) {
      return "Seata's server gives no answer.";
    }
    if (server == GlobalStatus.UnKnown) {
      return "Seata's server is changing it at this moment.";
    }
    return notReached.isEmpty() ? null : notReached.get(0);
  }
}
