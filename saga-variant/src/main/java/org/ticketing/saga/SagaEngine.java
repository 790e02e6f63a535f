package org.ticketing.saga;

import java.util.Map;
import java.util.UUID;
import org.apache.seata.saga.engine.impl.ProcessCtrlStateMachineEngine;
import org.apache.seata.saga.statelang.domain.ExecutionStatus;
import org.apache.seata.saga.statelang.domain.StateMachineInstance;
import org.ticketing.platform.LogField;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.platform.tracking.TransactionState;

/**
 * Seata's engine, with two changes.
 *
 * <p>It does not compensate a saga that has succeeded. When the report of a success does not reach
 * the server, the server believes the saga unfinished and asks for its compensation.
 *
 * <p>It does not begin a compensation as long as an operator has stopped those of a saga, or
 * resumes it. The server, which asks every second, is told that the saga is not compensated yet.
 */
class SagaEngine extends ProcessCtrlStateMachineEngine {

  private final Sagas sagas;
  private final TransactionLog transactions;

  SagaEngine(Sagas sagas, TransactionLog transactions) {
    this.sagas = sagas;
    this.transactions = transactions;
  }

  /** For Seata's server and for recovery. The saga is returned as it is if it has to wait. */
  @Override
  public StateMachineInstance compensate(String xid, Map<String, Object> parameters) {
    if (!sagas.beginsCompensation(xid)) {
      StateMachineInstance waiting = reloadStateMachineInstance(xid);
      if (waiting != null) {
        return waiting;
      }
    }
    return compensateNow(xid);
  }

  /** Compensates a saga even if its compensations are stopped. */
  StateMachineInstance compensateNow(String xid) {
    try (LogField.Scope saga = LogField.XID.during(xid)) {
      StateMachineInstance compensated = super.compensate(xid, null);
      if (compensated.getCompensationStatus() == ExecutionStatus.SU) {
        transactions.changed(
            UUID.fromString(compensated.getBusinessKey()),
            xid,
            TransactionState.UNDOING,
            TransactionState.UNDONE,
            "recovered");
      }
      return compensated;
    }
  }

  @Override
  public StateMachineInstance forward(String xid, Map<String, Object> parameters) {
    try (LogField.Scope saga = LogField.XID.during(xid)) {
      return super.forward(xid, parameters);
    }
  }

  /**
   * Finds no saga that has succeeded. A compensation begins by reading the saga here; if there is
   * none, the server is told to forget it. A saga that succeeds after it was read here is safe too:
   * the compensation takes it over on the condition that it has not changed since.
   */
  @Override
  public StateMachineInstance reloadStateMachineInstance(String xid) {
    StateMachineInstance saga = super.reloadStateMachineInstance(xid);
    boolean succeeded =
        saga != null
            && !saga.isRunning()
            && saga.getStatus() == ExecutionStatus.SU
            && saga.getCompensationStatus() == null;
    return succeeded ? null : saga;
  }
}
