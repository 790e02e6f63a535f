package org.ticketing.saga;

import org.apache.seata.saga.engine.strategy.impl.DefaultStatusDecisionStrategy;
import org.apache.seata.saga.proctrl.ProcessContext;
import org.apache.seata.saga.statelang.domain.DomainConstants;
import org.apache.seata.saga.statelang.domain.ExecutionStatus;
import org.apache.seata.saga.statelang.domain.StateMachineInstance;

/**
 * A compensation that finds nothing left to do has undone its saga: the one before it was
 * interrupted when all was compensated, or the payment before its first step. Seata's own decision
 * looks at the steps alone, and calls such a saga a success, or has it compensated for ever.
 */
class SagaOutcome extends DefaultStatusDecisionStrategy {

  @Override
  public void decideOnEndState(
      ProcessContext context, StateMachineInstance saga, Exception failure) {
    boolean nothingLeft =
        DomainConstants.OPERATION_NAME_COMPENSATE.equals(
                context.getVariable(DomainConstants.VAR_NAME_OPERATION_NAME))
            && saga.getCompensationStatus() != ExecutionStatus.RU;
    if (!nothingLeft) {
      super.decideOnEndState(context, saga, failure);
      return;
    }
    if (saga.getStatus() == ExecutionStatus.RU) {
      saga.setStatus(ExecutionStatus.UN);
    }
    saga.setCompensationStatus(ExecutionStatus.SU);
  }
}
