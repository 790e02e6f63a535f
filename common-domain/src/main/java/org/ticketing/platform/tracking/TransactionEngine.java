package org.ticketing.platform.tracking;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ticketing.platform.ServiceUnavailable;

/**
 * The engine of a system's protocol, as operators see it: what is in flight, what is its truth, and
 * what can be done. It is a bean of the payment process. A system without one coordinates nothing.
 */
public interface TransactionEngine {

  /** The name of the system, such as {@code xa}. */
  String protocol();

  /** How long after its begin a transaction has to be over, if nothing has failed, in words. */
  String patience();

  /**
   * The same as a time: its timeout and what it takes to be recovered. A transaction that is older
   * and not over is stuck. One that is older, and that neither the engine nor the record of
   * payments knows, has left nothing.
   */
  default Duration overdueAfter() {
    return Duration.ofMinutes(1);
  }

  /**
   * The transactions that are not finished: those under way in any instance as far as the engine
   * knows, and those in doubt; the oldest first.
   *
   * @param limit the most to return
   * @throws ServiceUnavailable who has to be asked gives no answer
   */
  List<EngineView> unfinished(int limit);

  /**
   * Who has given no answer to the last question for those that are not finished, so that some of
   * them may be missing; a line each.
   */
  default List<String> notReached() {
    return List.of();
  }

  /**
   * What the engine knows of a transaction, finished or not; empty if it knows nothing of it.
   *
   * @throws ServiceUnavailable who has to be asked gives no answer
   */
  Optional<EngineView> find(TransactionKey transaction);

  /** Says what a steering would do, without doing it. */
  Effect preview(Steering steering, TransactionKey transaction);

  /**
   * Does it, or as much of it as is possible now. Judges anew whether it may be done: what the
   * preview has said may be over.
   *
   * @throws ServiceUnavailable who has to be asked gives no answer; may be repeated
   */
  Effect perform(Steering steering, TransactionKey transaction);
}
