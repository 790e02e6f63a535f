package org.ticketing.experiments.crash;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ticketing.workload.Answer;
import org.ticketing.workload.history.Outcome;

/**
 * What clients were told about their payments, counted by outcome.
 *
 * @param failed nothing remains of these payments
 * @param unknown the client was not told what became of these payments
 * @param answers counts by outcome and reason
 */
public record Told(
    int completed, int refused, int failed, int unknown, Map<String, Integer> answers) {

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
        outcomes.getOrDefault(Outcome.FAILED, 0),
        outcomes.getOrDefault(Outcome.UNKNOWN, 0),
        counts);
  }
}
