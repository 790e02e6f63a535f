package org.ticketing.experiments.live;

import java.util.List;

/** One of the systems that are shown side by side. */
interface Contender {

  /** The name of the system. */
  String name();

  /** What it is, in one line. */
  String title();

  /** Everything of it that can be killed, by name. */
  List<String> killable();

  /** Prepares the payments of an order, which becomes the one that is shown. */
  void prepare(Order order) throws InterruptedException;

  /** Sends them when they are due, and returns when all that were sent are answered. */
  void send() throws InterruptedException;

  /** Sends no more. What is under way is waited for. */
  void stopSending();

  /** Waits until nothing is in doubt any more, and audits. */
  void settle() throws InterruptedException;

  /** Ends what {@link #prepare} has begun, in whatever state it is. Idempotent. */
  void leave();

  /** What is shown of it now. */
  View view();
}
