package org.ticketing.tcc;

import static org.ticketing.platform.tracking.TransactionState.COMPLETED;
import static org.ticketing.platform.tracking.TransactionState.COMPLETING;
import static org.ticketing.platform.tracking.TransactionState.UNDOING;
import static org.ticketing.platform.tracking.TransactionState.UNDONE;
import static org.ticketing.platform.tracking.TransactionState.WORKING;

import io.micrometer.observation.Observation.CheckedCallable;
import java.lang.reflect.Method;
import java.util.UUID;
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
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.platform.tracking.TransactionState;

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
 * tried in ({@link TracedBranches}). Those of the payment's own branch show what is decided, and
 * are told to the log of transactions. The end is told here if nobody waits for it: by recovery, by
 * Seata's server after its timeout, or for an operator.
 */
class Fence extends SpringFenceHandler {

  private final Phases phases;
  private final UnderWay underWay;
  private final TransactionLog transactions;

  Fence(Phases phases, UnderWay underWay, TransactionLog transactions) {
    this.phases = phases;
    this.underWay = underWay;
    this.transactions = transactions;
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
    return told(
        xid,
        COMPLETING,
        COMPLETED,
        () -> phase("confirm", xid, () -> confirm(confirm, action, xid, branchId, arguments)));
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
    return told(
        xid,
        UNDOING,
        UNDONE,
        () ->
            phase(
                "cancel",
                xid,
                () -> super.rollbackFence(cancel, action, xid, branchId, arguments, name)));
  }

  /** A process that goes on with a transaction tells by itself that it is undone, and its end. */
  private boolean told(
      String xid,
      TransactionState decided,
      TransactionState end,
      CheckedCallable<Boolean, RuntimeException> message) {
    BusinessActionContext branch = BusinessActionContextUtil.getContext();
    Object payment = branch.getActionContext(Branch.PAYMENT_ID);
    if (!PaymentAction.NAME.equals(branch.getActionName()) || payment == null) {
      return message.call();
    }
    UUID paymentId = UUID.fromString(payment.toString());
    boolean isWaitedFor = underWay.isRunning(xid);
    if (decided == COMPLETING || !isWaitedFor) {
      transactions.changed(
          paymentId, xid, WORKING, decided, isWaitedFor ? null : "without the payment process");
    }
    boolean done = message.call();
    if (done && !isWaitedFor) {
      transactions.changed(paymentId, xid, decided, end, "recovered");
    }
    return done;
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
