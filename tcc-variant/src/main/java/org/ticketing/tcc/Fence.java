package org.ticketing.tcc;

import io.micrometer.observation.Observation.CheckedCallable;
import java.lang.reflect.Method;
import org.apache.seata.common.exception.FrameworkErrorCode;
import org.apache.seata.common.exception.SkipCallbackWrapperException;
import org.apache.seata.common.executor.Callback;
import org.apache.seata.integration.tx.api.fence.exception.CommonFenceException;
import org.apache.seata.rm.fence.SpringFenceHandler;
import org.apache.seata.rm.tcc.api.BusinessActionContext;
import org.apache.seata.rm.tcc.api.BusinessActionContextUtil;
import org.springframework.util.ReflectionUtils;
import org.ticketing.platform.LogField;
import org.ticketing.platform.Phases;

/**
 * Seata's fence, with two changes.
 *
 * <p>A branch whose row has been cleaned up is confirmed by the participant itself, which is
 * idempotent for ever. Seata's own fence refuses it. The server repeats a confirm until it
 * succeeds, however long it was away in between, and no row is kept that long.
 *
 * <p>A row names the payment beside the action, so that {@link BranchRecovery} can ask what became
 * of it.
 *
 * <p>Confirm and cancel, which Seata's server asks for, are phases of the trace that the branch was
 * tried in ({@link TracedBranches}).
 */
class Fence extends SpringFenceHandler {

  private final Phases phases;

  Fence(Phases phases) {
    this.phases = phases;
  }

  @Override
  public Object prepareFence(String xid, Long branchId, String action, Callback<Object> attempt) {
    Object paymentId = BusinessActionContextUtil.getContext().getActionContext(Branch.PAYMENT_ID);
    LogField.PAYMENT.set(paymentId);
    return super.prepareFence(xid, branchId, Branch.name(action, paymentId), attempt);
  }

  @Override
  public boolean commitFence(
      Method confirm, Object action, String xid, Long branchId, Object[] arguments) {
    return phase("confirm", xid, () -> confirm(confirm, action, xid, branchId, arguments));
  }

  private boolean confirm(
      Method confirm, Object action, String xid, Long branchId, Object[] arguments) {
    try {
      return super.commitFence(confirm, action, xid, branchId, arguments);
    } catch (SkipCallbackWrapperException failure) {
      if (!isRowMissing(failure.getCause())) {
        throw failure;
      }
      ReflectionUtils.invokeMethod(confirm, action, arguments);
      return true;
    }
  }

  @Override
  public boolean rollbackFence(
      Method cancel, Object action, String xid, Long branchId, Object[] arguments, String name) {
    return phase(
        "cancel", xid, () -> super.rollbackFence(cancel, action, xid, branchId, arguments, name));
  }

  private boolean phase(
      String name, String xid, CheckedCallable<Boolean, RuntimeException> message) {
    BusinessActionContext branch = BusinessActionContextUtil.getContext();
    String trace = branch.getActionContext(TracedBranches.TRACE, String.class);
    Object paymentId = branch.getActionContext(Branch.PAYMENT_ID);
    try (LogField.Scope transaction = LogField.XID.during(xid);
        LogField.Scope payment = LogField.PAYMENT.during(paymentId)) {
      return phases.callIn(trace, name, branch.getActionName(), message);
    }
  }

  private static boolean isRowMissing(Throwable cause) {
    return cause instanceof CommonFenceException failure
        && failure.getErrcode() == FrameworkErrorCode.RecordNotExists;
  }
}
