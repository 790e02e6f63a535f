package org.ticketing.xa;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The global transactions that are under way in this process, from their first branch on. Only
 * these may still be decided: of one that has left, the decision is in the log, or there is none.
 *
 * <p>Atomikos knows them too, but it holds the lock on its own list for as long as it shuts down,
 * and waits meanwhile for the recovery that would ask.
 */
class UnderWay {

  private final Map<String, Progress> transactions = new HashMap<>();

  /** Adds a branch of a transaction. */
  synchronized void enter(ParticipantResource branch, Progress progress) {
    progress.add(branch);
    transactions.put(branch.branch().transaction(), progress);
  }

  synchronized void leave(String transaction) {
    transactions.remove(transaction);
    notifyAll();
  }

  synchronized boolean contains(String transaction) {
    return transactions.containsKey(transaction);
  }

  /** Returns how far a transaction has come; empty if it is not under way here. */
  synchronized Optional<Progress> find(String transaction) {
    return Optional.ofNullable(transactions.get(transaction));
  }

  /** Returns how far each transaction has come. */
  synchronized Map<String, Progress> all() {
    return Map.copyOf(transactions);
  }

  /**
   * Waits until none is under way.
   *
   * @return false if there still are some after the time
   */
  synchronized boolean awaitNone(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (!transactions.isEmpty()) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
