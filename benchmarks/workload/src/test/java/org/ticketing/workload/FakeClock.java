package org.ticketing.workload;

import java.util.concurrent.atomic.AtomicLong;

/** A clock that only moves when a test says so, or somebody waits for a later time. */
final class FakeClock implements OpenLoop.Clock {

  private final AtomicLong time = new AtomicLong();

  void advance(long nanos) {
    time.addAndGet(nanos);
  }

  @Override
  public long nanos() {
    return time.get();
  }

  @Override
  public void awaitNanos(long until) {
    time.accumulateAndGet(until, Math::max);
  }
}
