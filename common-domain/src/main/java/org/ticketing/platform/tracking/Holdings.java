package org.ticketing.platform.tracking;

import java.util.List;

/**
 * Reads what the database of this process holds of a global transaction. A process has one for the
 * rows of each service that it hosts, and one for what its protocol adds. All of them are asked;
 * none changes anything or waits for a lock.
 */
public interface Holdings {

  /**
   * Returns what there is; empty if nothing, or if neither part of the key that is there means
   * anything here.
   *
   * @throws RuntimeException the database gives no answer
   */
  List<Holding> of(TransactionKey transaction);
}
