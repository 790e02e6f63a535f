package org.ticketing.experiments.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ticketing.experiments.compare.Results.Judged;
import org.ticketing.experiments.compare.Results.PlayedPart;
import org.ticketing.experiments.compare.Results.Round;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.report.Judgement;
import org.ticketing.workload.Tally;

/** What the audits say, in a line for each system, and what else has to be known of it. */
final class Verdicts {

  private final Results results;

  private Verdicts(Results results) {
    this.results = results;
  }

  static String of(Results results) {
    Verdicts verdicts = new Verdicts(results);
    StringBuilder text = new StringBuilder();
    verdicts.audits().forEach((system, audits) -> text.append(verdict(system, audits)));
    results.systems().forEach(system -> text.append(unexpected(system)));
    results.played().forEach(part -> text.append(verdicts.notWarm(part)));
    return text.toString();
  }

  /** By system, what was found after each part. */
  private Map<String, Map<String, Judgement>> audits() {
    Map<String, Map<String, Judgement>> audits = new LinkedHashMap<>();
    for (PlayedPart part : results.played()) {
      for (Judged judged : part.systems()) {
        audits
            .computeIfAbsent(judged.system(), system -> new LinkedHashMap<>())
            .put(part.part(), judged.judgement());
      }
    }
    return audits;
  }

  private static String verdict(String system, Map<String, Judgement> audits) {
    Map.Entry<String, Judgement> last = null;
    for (Map.Entry<String, Judgement> audit : audits.entrySet()) {
      last = audit;
      if (!audit.getValue().asExpected()) {
        break;
      }
    }
    return "%s%s: %s%n"
        .formatted(
            system,
            audits.size() == 1 || last.getValue().asExpected() ? "" : " after " + last.getKey(),
            last.getValue());
  }

  /** Points out answers that the workload cannot explain. */
  private static String unexpected(SystemResult system) {
    int answers = system.rounds().stream().map(Round::tally).mapToInt(Tally::unexpected).sum();
    return answers == 0
        ? ""
        : "%s: %d answers were not those their payments were prepared for; see results.json.%n"
            .formatted(system.system(), answers);
  }

  /** Where latency is not measured, no system is. */
  private String notWarm(PlayedPart part) {
    List<String> cold =
        part.systems().stream()
            .filter(judged -> !judged.warmUp().flat())
            .map(Judged::system)
            .toList();
    return !results.settings().latency() || cold.isEmpty()
        ? ""
        : "%s: not warm, and so without ratios: %s.%n"
            .formatted(part.part(), String.join(", ", cold));
  }
}
