package org.ticketing.saga;

import java.time.Instant;
import java.util.UUID;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.TransactionState;

/**
 * A saga, as its row in the log shows it. {@code SU} is success, {@code FA} a failure that has
 * changed nothing, {@code UN} a failure whose effect is not known, {@code RU} under way.
 *
 * @param compensationStatus null until a compensation has ended
 * @param running whether an engine is at work; also after that engine has died
 * @param compensating whether a compensation of a step has begun
 * @param updatedAt when an engine has begun it, taken it over, or ended it
 * @param compensations how often its compensation was asked for
 * @param suspended whether an operator has stopped its compensations
 * @param failure of the step or compensation that failed last; null if none has
 */
record Saga(
    String xid,
    UUID payment,
    String status,
    String compensationStatus,
    boolean running,
    boolean compensating,
    Instant begunAt,
    Instant updatedAt,
    int compensations,
    boolean suspended,
    String failure) {

  /** Until its success is logged, a saga whose steps are all done may still be undone. */
  TransactionState state() {
    if (compensationStatus != null) {
      return compensationStatus.equals("SU") ? TransactionState.UNDONE : TransactionState.UNDOING;
    }
    if (!running && status.equals("SU")) {
      return TransactionState.COMPLETED;
    }
    if (!running && status.equals("FA")) {
      return TransactionState.UNDONE;
    }
    return compensating || status.equals("UN") || status.equals("FA")
        ? TransactionState.UNDOING
        : TransactionState.WORKING;
  }

  Decision decision() {
    return switch (state()) {
      case COMPLETED -> Decision.COMPLETE;
      case UNDOING, UNDONE -> Decision.UNDO;
      default -> Decision.NONE;
    };
  }
}
