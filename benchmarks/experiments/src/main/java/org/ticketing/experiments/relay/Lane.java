package org.ticketing.experiments.relay;

import org.ticketing.experiments.relay.Relay.Treatment;

/** One direction through a relay, for all its connections. */
final class Lane {

  private Treatment treatment = Treatment.FORWARD;
  private long disturbed;

  synchronized void treat(Treatment next) {
    treatment = next;
    notifyAll();
  }

  /** What becomes of something that arrives now. */
  synchronized Treatment meet() {
    if (treatment != Treatment.FORWARD) {
      disturbed++;
    }
    return treatment;
  }

  synchronized boolean swallows() {
    return treatment == Treatment.SWALLOW;
  }

  /** Waits until something gets through, even if it is lost then. */
  synchronized void awaitPassage() throws InterruptedException {
    while (treatment == Treatment.SWALLOW || treatment == Treatment.DETAIN) {
      wait();
    }
  }

  synchronized long disturbed() {
    return disturbed;
  }
}
