package org.ticketing.platform;

/** Whether this process observes at the moment what it does. It does, until it is told not to. */
final class Observing {

  private volatile boolean on = true;

  boolean isOn() {
    return on;
  }

  /** From now on. What has begun to be traced keeps the spans that it has. */
  void set(boolean wanted) {
    on = wanted;
  }
}
