package org.ticketing.xa;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Stops the coordinator after requests were waited for, and before the web server interrupts those
 * that are left: a payment that was interrupted has left, and what it has prepared would not be
 * known any more. It starts earlier, as a bean, because migrations may wait for its recovery.
 */
class CoordinatorStop implements SmartLifecycle {

  private final Coordinator coordinator;
  private volatile boolean isRunning;

  CoordinatorStop(Coordinator coordinator) {
    this.coordinator = coordinator;
  }

  @Override
  public void start() {
    isRunning = true;
  }

  @Override
  public void stop() {
    isRunning = false;
    coordinator.stop();
  }

  @Override
  public boolean isRunning() {
    return isRunning;
  }

  @Override
  public boolean isPauseable() {
    return false;
  }

  @Override
  public int getPhase() {
    return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE - 1;
  }
}
