package org.ticketing.xa;

import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import org.ticketing.platform.ServiceUnavailable;

/** Begins the global transactions of this process. */
class GlobalTransactions {

  private final TransactionManager coordinator;
  private final Participants participants;

  GlobalTransactions(TransactionManager coordinator, Participants participants) {
    this.coordinator = coordinator;
    this.participants = participants;
  }

  /**
   * From here until it ends, what the calling thread does in this process's database and asks of
   * the other participants belongs to the new transaction.
   */
  GlobalTransaction begin() {
    try {
      coordinator.begin();
      return new GlobalTransaction(coordinator.getTransaction(), participants);
    } catch (NotSupportedException | SystemException | RuntimeException failure) {
      throw new ServiceUnavailable("The coordinator begins no transaction now.", failure);
    }
  }
}
