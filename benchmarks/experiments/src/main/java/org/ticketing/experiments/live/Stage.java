package org.ticketing.experiments.live;

import java.util.List;

/** The systems that are shown side by side, and what can be done to several of them at once. */
interface Stage {

  /** In the order in which they are shown. */
  List<? extends Contender> contenders();

  /**
   * Kills what has that name in all that have it, in each while a payment is under way. Returns
   * when it is gone.
   */
  void kill(String target) throws InterruptedException;

  /**
   * Restarts what was killed. Returns when it is ready again.
   *
   * @throws org.ticketing.stack.process.StackException it does not become ready
   */
  void restart(String target);
}
