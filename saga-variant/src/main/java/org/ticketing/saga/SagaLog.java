package org.ticketing.saga;

import java.sql.Timestamp;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import org.apache.seata.common.exception.FrameworkErrorCode;
import org.apache.seata.common.exception.StoreException;
import org.apache.seata.saga.engine.store.db.DbAndReportTcStateLogStore;
import org.apache.seata.saga.proctrl.ProcessContext;
import org.apache.seata.saga.statelang.domain.ExecutionStatus;
import org.apache.seata.saga.statelang.domain.StateInstance;
import org.apache.seata.saga.statelang.domain.StateMachineInstance;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.platform.tracking.TransactionState;

/**
 * Seata's log of sagas, with two changes.
 *
 * <p>An engine can begin no step of a saga that another has taken over. An engine takes a saga over
 * when it compensates it: it changes the saga's {@code gmt_updated}. Seata's own log notices that
 * at the end of the saga alone: an engine that was held up for longer than the timeout, just before
 * it logs a step, would do that step after the compensation, which knows nothing of it.
 *
 * <p>Of a saga that goes well, a record is forced to the disk only if something depends on it that
 * a crash of the database would not take back as well: before the first step, before a remote step,
 * and when the saga ends. The begin of a compensation is forced too. The database writes its log in
 * order, so that whatever it commits later takes earlier records along. A step whose end is lost is
 * compensated like one that was interrupted. The last step needs no record of its own: should the
 * engine outlive a crash of the database that loses it, the compensation of the first step undoes
 * the last one as well.
 *
 * <p>It also tells the log of transactions what a saga turns to when a record decides so.
 */
class SagaLog extends DbAndReportTcStateLogStore {

  private static final String STEP_VALUES = "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /** Inserts nothing once the saga was taken over. The lock has the takeover wait for the step. */
  private static final String UNLESS_TAKEN_OVER =
      """
      SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
      FROM seata_state_machine_inst WHERE id = ? AND gmt_updated = ?%s FOR SHARE""";

  private static final int ID = 16;
  private static final int UPDATED = 17;

  /** For the transaction of its statement alone. */
  static final String NOT_FORCED = "set_config('synchronous_commit', 'off', true) = 'off'";

  private static final String SAGA_VALUES = "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String SAGA_NOT_FORCED =
      "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE " + NOT_FORCED;

  private final Set<String> localSteps;
  private final TransactionLog transactions;

  /**
   * @param localSteps whose begin is not forced
   */
  SagaLog(Set<String> localSteps, TransactionLog transactions) {
    this.localSteps = localSteps;
    this.transactions = transactions;
  }

  @Override
  protected <T> int executeUpdate(String sql, ObjectToStatement<T> values, T row) {
    if (row instanceof StateInstance step) {
      return sql.endsWith(STEP_VALUES)
          ? begin(step, sql, values, row)
          : super.executeUpdate(sql + " AND " + NOT_FORCED, values, row);
    }
    int logged = super.executeUpdate(sql.replace(SAGA_VALUES, SAGA_NOT_FORCED), values, row);
    if (logged > 0 && row instanceof StateMachineInstance saga && hasSucceeded(saga)) {
      tell(saga, TransactionState.COMPLETING, null);
    }
    return logged;
  }

  private static boolean hasSucceeded(StateMachineInstance saga) {
    return saga.getStatus() == ExecutionStatus.SU && saga.getCompensationStatus() == null;
  }

  private void tell(StateMachineInstance saga, TransactionState now, String cause) {
    UUID payment = UUID.fromString(saga.getBusinessKey());
    transactions.changed(payment, saga.getId(), TransactionState.WORKING, now, cause);
  }

  private <T> int begin(StateInstance step, String sql, ObjectToStatement<T> values, T row) {
    StateMachineInstance saga = step.getStateMachineInstance();
    String forced = localSteps.contains(step.getName()) ? " AND " + NOT_FORCED : "";
    int logged =
        super.executeUpdate(
            sql.replace(STEP_VALUES, UNLESS_TAKEN_OVER.formatted(forced)),
            (state, statement) -> {
              values.toStatement(state, statement);
              statement.setString(ID, saga.getId());
              statement.setTimestamp(UPDATED, timestamp(saga.getGmtUpdated()));
            },
            row);
    if (logged == 0) {
      throw new StoreException(
          "Saga " + saga.getId() + " has been taken over", FrameworkErrorCode.OperationDenied);
    }
    if (step.isForCompensation() && isFirstCompensation(saga)) {
      Exception failure = saga.getException();
      String cause = failure == null ? "interrupted" : failure.toString();
      tell(saga, TransactionState.UNDOING, FailureText.firstLine(cause));
    }
    return logged;
  }

  /** The step that is just begun is not in the list yet. */
  private static boolean isFirstCompensation(StateMachineInstance saga) {
    return saga.getStateList().stream().noneMatch(StateInstance::isForCompensation);
  }

  /** Takes the saga over, then reads its steps again: some may have begun since it was read. */
  @Override
  public void recordStateMachineRestarted(StateMachineInstance saga, ProcessContext context) {
    super.recordStateMachineRestarted(saga, context);
    saga.getStateList().clear();
    queryStateInstanceListByMachineInstanceId(saga.getId())
        .forEach(step -> saga.putStateInstance(step.getId(), step));
  }

  private static Timestamp timestamp(Date date) {
    return new Timestamp(date.getTime());
  }
}
