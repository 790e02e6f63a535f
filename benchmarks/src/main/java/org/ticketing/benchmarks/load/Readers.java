package org.ticketing.benchmarks.load;

import java.time.Duration;
import org.ticketing.benchmarks.history.History;

/**
 * Look at wallets and reservations while they are being paid, as the customers' phones do, and
 * record what they see.
 */
public final class Readers implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Readers(History history, int readers, Duration patience) {}

  /** Follows a payment for up to 5 seconds after its answer. */
  public static Readers start(History history, int readers) {
    return start(history, readers, PATIENCE);
  }

  /**
   * @param readers 0 for nobody
   * @param patience how long a payment whose end was not seen is followed after its answer; time in
   *     which it could not be read is not counted
   */
  public static Readers start(History history, int readers, Duration patience) {
    return new Readers(history, readers, patience);
  }

  /** The payment is about to be sent, or sent again. */
  public void follow(PlannedPayment payment) {}

  /** The payment was answered, or the answer is lost. */
  public void answered(PlannedPayment payment, Answer answer) {}

  /** Waits until the end of every payment was seen, but only so long, and turns from the rest. */
  public void finish(Duration atMost) throws InterruptedException {}

  /** Stops the readers after the read they are at. */
  @Override
  public void close() {}
}
