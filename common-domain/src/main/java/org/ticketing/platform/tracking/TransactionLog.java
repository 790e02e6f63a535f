package org.ticketing.platform.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Writes down what happens in global transactions. Nothing waits for it: entries are kept in memory
 * and written many at a time, by a thread of its own, without forcing the database's log. A process
 * that is killed loses the entries of its last moments. No decision is lost with them, because
 * decisions are in the databases and stores of the protocols, and recovery goes by those alone.
 */
public interface TransactionLog {

  /** Keeps nothing. */
  TransactionLog NONE =
      new TransactionLog() {
        @Override
        public void changed(
            UUID payment, String xid, TransactionState from, TransactionState to, String cause) {}

        @Override
        public void phase(
            UUID payment,
            String xid,
            String phase,
            String participant,
            Instant begun,
            Duration took,
            Throwable failure) {}
      };

  /**
   * A transaction has passed from one state to another.
   *
   * @param payment null if it is not known here
   * @param xid null if there is none, or it is not known here
   * @param from null at the begin
   * @param cause null if there is nothing to say
   */
  void changed(UUID payment, String xid, TransactionState from, TransactionState to, String cause);

  /**
   * A phase of the protocol has ended.
   *
   * @param failure null if it has succeeded
   */
  void phase(
      UUID payment,
      String xid,
      String phase,
      String participant,
      Instant begun,
      Duration took,
      Throwable failure);
}
