package org.ticketing.saga;

import org.apache.seata.saga.engine.impl.ProcessCtrlStateMachineEngine;
import org.apache.seata.saga.statelang.domain.ExecutionStatus;
import org.apache.seata.saga.statelang.domain.StateMachineInstance;

/**
 * Does not compensate what has succeeded. Seata's own would: when the report of a success does not
 * reach the server, the server believes the payment unfinished and asks for its compensation.
 */
class SagaEngine extends ProcessCtrlStateMachineEngine {

  /**
   * Recovery reads a payment here before it changes anything, and then only on the condition that
   * nobody else has changed it. One it does not find, it tells the server to forget.
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
