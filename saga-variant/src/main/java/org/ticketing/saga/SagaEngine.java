package org.ticketing.saga;

import java.util.Map;
import org.apache.seata.saga.engine.impl.ProcessCtrlStateMachineEngine;
import org.apache.seata.saga.statelang.domain.ExecutionStatus;
import org.apache.seata.saga.statelang.domain.StateMachineInstance;
import org.ticketing.platform.LogField;

/**
 * Seata's engine, except that it does not compensate a saga that has succeeded. When the report of
 * a success does not reach the server, the server believes the saga unfinished and asks for its
 * compensation.
 */
class SagaEngine extends ProcessCtrlStateMachineEngine {

  @Override
  public StateMachineInstance compensate(String xid, Map<String, Object> parameters) {
    try (LogField.Scope saga = LogField.XID.during(xid)) {
      return super.compensate(xid, parameters);
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
