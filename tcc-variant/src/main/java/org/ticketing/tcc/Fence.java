package org.ticketing.tcc;

import java.lang.reflect.Method;
import org.apache.seata.common.exception.FrameworkErrorCode;
import org.apache.seata.common.exception.SkipCallbackWrapperException;
import org.apache.seata.common.executor.Callback;
import org.apache.seata.integration.tx.api.fence.exception.CommonFenceException;
import org.apache.seata.rm.fence.SpringFenceHandler;
import org.apache.seata.rm.tcc.api.BusinessActionContextUtil;
import org.springframework.util.ReflectionUtils;

/**
 * Seata's fence, with two changes.
 *
 * <p>A branch whose row has been cleaned up is confirmed by the participant itself, which is
 * idempotent for ever. Seata's own fence refuses it. The server repeats a confirm until it
 * succeeds, however long it was away in between, and no row is kept that long.
 *
 * <p>A row names the payment beside the action, so that {@link BranchRecovery} can ask what became
 * of it.
 */
class Fence extends SpringFenceHandler {

  @Override
  public Object prepareFence(String xid, Long branchId, String action, Callback<Object> attempt) {
    Object paymentId = BusinessActionContextUtil.getContext().getActionContext(Branch.PAYMENT_ID);
    return super.prepareFence(xid, branchId, Branch.name(action, paymentId), attempt);
  }

  @Override
  public boolean commitFence(
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

  private static boolean isRowMissing(Throwable cause) {
    return cause instanceof CommonFenceException failure
        && failure.getErrcode() == FrameworkErrorCode.RecordNotExists;
  }
}
