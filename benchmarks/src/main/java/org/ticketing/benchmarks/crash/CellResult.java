package org.ticketing.benchmarks.crash;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ticketing.benchmarks.history.FracturedReads;
import org.ticketing.benchmarks.history.Outcome;
import org.ticketing.benchmarks.load.Answer;

/**
 * What became of one cell. Times are in milliseconds.
 *
 * @param repetition counted from 1
 * @param fired whether the point was reached, so that the act could happen
 * @param inFlight payments that had no answer yet when the act happened
 * @param told what the clients of these payments were told
 * @param outage from the act until everything it has struck works again
 * @param cleanAfter from then until the audit is clean; null if that did not happen in time
 * @param blocked the longest that an unrelated payment of a wallet with a payment in flight took,
 *     from the act on; null if it was not answered in time
 * @param violations payments, wallets and seats with at least one violation
 * @param inDoubt what has neither happened nor been undone, by where it waits
 * @param untruths answers that the databases contradict, and keys that did not give the truth when
 *     asked again
 * @param broken why the promise is broken; empty if it was kept
 */
public record CellResult(
    String variant,
    String point,
    String place,
    String act,
    int repetition,
    boolean fired,
    int inFlight,
    Told told,
    long outage,
    Long cleanAfter,
    Long blocked,
    int violations,
    Map<String, Long> violationsByKind,
    List<String> examples,
    Map<String, Long> inDoubt,
    int askedAgain,
    List<String> untruths,
    FracturedReads fractured,
    int falseRefusals,
    List<String> broken) {

  /**
   * @param answers how many of each, with their reasons
   */
  record Told(int completed, int refused, int unanswered, Map<String, Integer> answers) {

    static Told of(List<Answer> answers) {
      Map<String, Integer> counts = new TreeMap<>();
      Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
      for (Answer answer : answers) {
        counts.merge(answer.toString(), 1, Integer::sum);
        outcomes.merge(answer.outcome(), 1, Integer::sum);
      }
      return new Told(
          outcomes.getOrDefault(Outcome.COMPLETED, 0),
          outcomes.getOrDefault(Outcome.REFUSED, 0),
          outcomes.getOrDefault(Outcome.UNANSWERED, 0),
          counts);
    }
  }

  boolean kept() {
    return broken.isEmpty();
  }
}
