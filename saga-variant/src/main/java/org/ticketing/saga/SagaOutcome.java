package org.ticketing.saga;

import org.apache.seata.saga.engine.strategy.impl.DefaultStatusDecisionStrategy;
import org.apache.seata.saga.proctrl.ProcessContext;
import org.apache.seata.saga.statelang.domain.DomainConstants;
import org.apache.seata.saga.statelang.domain.ExecutionStatus;
import org.apache.seata.saga.statelang.domain.StateInstance;
import org.apache.seata.saga.statelang.domain.StateMachineInstance;

/**
 * Seata's decision how a saga has ended, with two exceptions.
 *
 * <p>A compensation that finds nothing left to do has undone its saga: either an earlier
 * compensation was interrupted after its last step, or the payment before its first. Seata's own
 * decision looks at the steps alone; it calls such a saga a success, or has it compensated for
 * ever.
 *
 * <p>A saga that was resumed counts the last attempt of each step. An earlier one, of which it is
 * not known whether it has succeeded, does not make a failure of a saga whose steps are all done.
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
      if (failure == null && saga.getCompensationStatus() == null) {
        ignoreEarlierAttempts(saga);
      }
      super.decideOnEndState(context, saga, failure);
      return;
    }
    if (saga.getStatus() == ExecutionStatus.RU) {
      saga.setStatus(ExecutionStatus.UN);
    }
    saga.setCompensationStatus(ExecutionStatus.SU);
  }

  /** Attempts of a step have the same id. The map has the last of them, the list has all. */
  private static void ignoreEarlierAttempts(StateMachineInstance saga) {
    for (StateInstance attempt : saga.getStateList()) {
      if (saga.getStateMap().get(attempt.getId()) != attempt) {
        attempt.setIgnoreStatus(true);
      }
    }
  }
}
