package org.ticketing.experiments.live;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is shown of one system. Times are milliseconds since its first payment was due, unless
 * something else is said.
 *
 * @param system its name
 * @param tracker the root of its tracker's pages; null if it has none
 * @param progress null before the first order
 * @param strike what was killed in it; null if nothing was
 * @param payments the latest, and those that the kill has hit
 * @param hit what happened in the payments that the kill has hit
 * @param result null until it is audited
 */
record View(
    String system,
    String title,
    String tracker,
    Progress progress,
    Strike strike,
    List<Payment> payments,
    List<TimeLine> hit,
    Result result) {

  /** The system before the first order. */
  static View idle(String system, String title, String tracker) {
    return new View(system, title, tracker, null, null, List.of(), List.of(), null);
  }

  /**
   * How far it has come.
   *
   * @param now the time
   * @param sent payments, of which are in flight
   * @param p50 milliseconds from when a payment was due to its answer; null before the first
   * @param p99 the same
   * @param watched payments that readers have looked at
   * @param fractured payments that they have seen half done
   * @param inDoubt what the databases hold that is neither done nor undone, by where; null if not
   *     all of them answer
   */
  record Progress(
      long now,
      int sent,
      int inFlight,
      int completed,
      int refused,
      int failed,
      int unknown,
      Double p50,
      Double p99,
      int watched,
      int fractured,
      Map<String, Long> inDoubt) {}

  /**
   * A kill.
   *
   * @param back when it was ready again; null while it is not
   */
  record Strike(String target, long at, Long back) {}

  /**
   * A payment as its customer sees it.
   *
   * @param ended when it was answered; null while it is under way
   * @param outcome null while it is under way
   * @param late whether its hold had run out
   * @param hit whether it was under way when something was killed
   * @param id null where the answer did not tell it
   */
  record Payment(
      String key,
      long begun,
      Long ended,
      String outcome,
      String reason,
      boolean late,
      boolean hit,
      UUID id) {}

  /**
   * What the services have written down of a payment.
   *
   * @param id null if it is not known
   * @param steps the earliest first; empty while nothing is known
   * @param missing why something may be missing, in one line; null if nothing is
   */
  record TimeLine(String key, UUID id, List<Step> steps, String missing) {}

  /**
   * A phase, or a change of state.
   *
   * @param lane the service
   * @param length milliseconds; null of a change of state
   */
  record Step(String lane, String what, double at, Double length, boolean failed, String cause) {}

  /**
   * What was found at the end.
   *
   * @param cleanAfter milliseconds from the last answer or restart until nothing was in doubt; null
   *     if that did not happen in time
   * @param violations payments, wallets, and seats that the databases show to be broken
   * @param falseRefusals payments refused for points that a payment which came to nothing had taken
   * @param contradictions answers that the databases deny
   * @param broken why the promise is broken; empty if it was kept, or none is made
   */
  record Result(
      Long cleanAfter,
      long violations,
      List<String> examples,
      Map<String, Long> inDoubt,
      int falseRefusals,
      int askedAgain,
      List<String> contradictions,
      List<String> broken) {}
}
