package org.ticketing.experiments.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ticketing.experiments.compare.Results.Judged;
import org.ticketing.experiments.compare.Results.PlayedPart;
import org.ticketing.experiments.compare.Results.Promise;
import org.ticketing.experiments.compare.Results.Round;
import org.ticketing.experiments.compare.Results.SystemResult;
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
  private Map<String, Map<String, Promise>> audits() {
    Map<String, Map<String, Promise>> audits = new LinkedHashMap<>();
    for (PlayedPart part : results.played()) {
      for (Judged judged : part.systems()) {
        audits
            .computeIfAbsent(judged.system(), system -> new LinkedHashMap<>())
            .put(part.part(), judged.promise());
      }
    }
    return audits;
  }

  private static String verdict(String system, Map<String, Promise> audits) {
    return audits.entrySet().stream()
        .filter(audit -> !audit.getValue().kept())
        .findFirst()
        .map(
            audit ->
                broken(
                    system, audits.size() == 1 ? "" : " after " + audit.getKey(), audit.getValue()))
        .orElseGet(() -> kept(system, audits));
  }

  private static String broken(String system, String when, Promise promise) {
    return "%s: NOT AS EXPECTED%s: %d violations where %d were expected %s, in doubt %s, %d contradictions; for example %s%n"
        .formatted(
            system,
            when,
            promise.violations(),
            promise.expectedViolations(),
            promise.violationsByKind(),
            promise.inDoubt(),
            promise.contradictions(),
            promise.examples());
  }

  private static String kept(String system, Map<String, Promise> audits) {
    long most = audits.values().stream().mapToLong(Promise::violations).max().orElse(0);
    return most == 0
        ? system
            + ": kept the promise, all or nothing in every payment; no answer is contradicted.\n"
        : "%s: broke it %d times, once for each late refusal, as expected.%n"
            .formatted(system, most);
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
