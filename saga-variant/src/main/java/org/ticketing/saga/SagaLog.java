package org.ticketing.saga;

import java.sql.Timestamp;
import java.util.Date;
import org.apache.seata.common.exception.FrameworkErrorCode;
import org.apache.seata.common.exception.StoreException;
import org.apache.seata.saga.engine.store.db.DbAndReportTcStateLogStore;
import org.apache.seata.saga.proctrl.ProcessContext;
import org.apache.seata.saga.statelang.domain.StateInstance;
import org.apache.seata.saga.statelang.domain.StateMachineInstance;

/**
 * Seata's log of sagas, except that an engine can begin no step of a saga that another has taken
 * over. An engine takes a saga over when it compensates it: it changes the saga's {@code
 * gmt_updated}. Seata's own log notices that at the end of the saga alone: an engine that was held
 * up for longer than the timeout, just before it logs a step, would do that step after the
 * compensation, which knows nothing of it.
 */
class SagaLog extends DbAndReportTcStateLogStore {

  private static final String VALUES = "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /** Inserts nothing once the saga was taken over. The lock has the takeover wait for the step. */
  private static final String UNLESS_TAKEN_OVER =
      """
      SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
      FROM seata_state_machine_inst WHERE id = ? AND gmt_updated = ? FOR SHARE""";

  private static final int ID = 16;
  private static final int UPDATED = 17;

  @Override
  protected <T> int executeUpdate(String sql, ObjectToStatement<T> values, T row) {
    if (!(row instanceof StateInstance step) || !sql.endsWith(VALUES)) {
      return super.executeUpdate(sql, values, row);
    }
    StateMachineInstance saga = step.getStateMachineInstance();
    int logged =
        super.executeUpdate(
            sql.replace(VALUES, UNLESS_TAKEN_OVER),
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
    return logged;
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
