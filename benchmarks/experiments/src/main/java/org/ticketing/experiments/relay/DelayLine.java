package org.ticketing.experiments.relay;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Hands on what was put into it in the same order, each chunk some time after it came. Many chunks
 * are under way at a time, so that the delay does not limit the throughput. For one thread that
 * puts and one that takes.
 */
final class DelayLine {

  /** More than any connection between services has under way; then it pushes back, as TCP does. */
  private static final int MOST_UNDER_WAY = 1024;

  private static final byte[] END = {};

  private final LongSupplier delayNanos;
  private final BlockingQueue<Chunk> underWay = new ArrayBlockingQueue<>(MOST_UNDER_WAY);
  private volatile boolean closed;

  private record Chunk(long due, byte[] bytes) {}

  /**
   * @param delayNanos is asked for each chunk when it comes
   */
  DelayLine(LongSupplier delayNanos) {
    this.delayNanos = delayNanos;
  }

  /** Takes the chunk in, unless nobody takes it out any more. */
  void put(byte[] bytes) throws InterruptedException {
    if (!closed) {
      underWay.put(new Chunk(System.nanoTime() + delayNanos.getAsLong(), bytes));
    }
  }

  /** Says that nothing follows. */
  void end() throws InterruptedException {
    put(END);
  }

  /** The next chunk, once its time has come; empty when nothing follows. */
  byte[] take() throws InterruptedException {
    Chunk next = underWay.take();
    for (long left = next.due() - System.nanoTime();
        left > 0;
        left = next.due() - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    return next.bytes();
  }

  /** To be called by the one that takes, when it takes no more. */
  void close() {
    closed = true;
    underWay.clear();
  }
}
