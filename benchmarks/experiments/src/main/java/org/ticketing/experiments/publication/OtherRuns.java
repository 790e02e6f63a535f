package org.ticketing.experiments.publication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.Ratios;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.report.Environment;
import org.ticketing.experiments.report.Ratio;

/**
 * The ratios of the comparison beside those of others: a second run of the same, and runs on other
 * databases.
 */
final class OtherRuns {

  private static final String DIFFERENCE = "%+.0f %%";

  private static final Map<String, Function<Ratios, Ratio>> RATIOS = ratios();

  private final Evidence evidence;

  OtherRuns(Evidence evidence) {
    this.evidence = evidence;
  }

  /** Ratios of the two runs side by side; empty if there was one. */
  String agreement() {
    if (evidence.comparison().isEmpty() || evidence.again().isEmpty()) {
      return "";
    }
    MarkdownTable table =
        new MarkdownTable(List.of("system", "ratio", "run 1", "run 2", "differ by", "verdict"));
    for (Pair pair : pairs(evidence.again().get())) {
      double difference = pair.difference();
      table.add(
          List.of(
              Text.code(pair.system()),
              pair.name(),
              Text.of(pair.one()),
              Text.of(pair.other()),
              String.format(Locale.ROOT, DIFFERENCE, 100 * difference),
              pair.agrees()
                  ? "agree"
                  : "range %s-%s"
                      .formatted(
                          Text.twoDigits(Math.min(pair.one().min(), pair.other().min())),
                          Text.twoDigits(Math.max(pair.one().max(), pair.other().max())))));
    }
    return table.toString();
  }

  /** How many of the ratios of the two runs agree, in a sentence. */
  String agreementInWords() {
    if (evidence.comparison().isEmpty() || evidence.again().isEmpty()) {
      return "There was one run only, so that nothing is known of how well two agree.";
    }
    List<Pair> pairs = pairs(evidence.again().get());
    long agree = pairs.stream().filter(Pair::agrees).count();
    String words =
        agree == pairs.size()
            ? "All %d ratios of the two runs agree within 10 %%.".formatted(agree)
            : "%d of %d ratios of the two runs agree within 10 %%; of the others, the table has the range."
                .formatted(agree, pairs.size());
    return (words + " " + unlike(evidence.again().get(), "The second run")).strip();
  }

  /** Says what else is different of a run, so that a difference may come of that. */
  private String unlike(Results other, String name) {
    Environment ours = evidence.comparison().orElseThrow().environment();
    List<String> different = new ArrayList<>();
    if (!other.environment().machine().equals(ours.machine())) {
      different.add("machine");
    }
    if (!other.environment().project().equals(ours.project())) {
      different.add("commit");
    }
    return different.isEmpty()
        ? ""
        : "%s is of another %s ([runs](#runs)), which may be why they differ."
            .formatted(name, String.join(" and another ", different));
  }

  /** Ratios on other databases beside those of the first table; empty if there are none. */
  String databases() {
    if (evidence.comparison().isEmpty() || evidence.databases().isEmpty()) {
      return "";
    }
    MarkdownTable table =
        new MarkdownTable(List.of("system", "ratio", "above", "points on", "there", "verdict"));
    for (Evidence.OnDatabase database : evidence.databases()) {
      for (Pair pair : pairs(database.comparison())) {
        table.add(
            List.of(
                Text.code(pair.system()),
                pair.name(),
                Text.of(pair.one()),
                database.database(),
                Text.of(pair.other()),
                pair.differsClearly() ? "**differ**" : "not told apart"));
      }
    }
    return table
        + evidence.databases().stream()
            .map(database -> unlike(database.comparison(), "The run on " + database.database()))
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining(" ", "\n\n", ""))
            .stripTrailing();
  }

  /** The same ratio of the same system in two comparisons. */
  private record Pair(String system, String name, Ratio one, Ratio other) {

    double difference() {
      return other.median() / one.median() - 1;
    }

    boolean agrees() {
      return Math.max(one.median(), other.median())
          <= (1 + Reading.TOLERANCE) * Math.min(one.median(), other.median());
    }

    boolean differsClearly() {
      return Reading.of(one).isClearlyBelow(Reading.of(other))
          || Reading.of(other).isClearlyBelow(Reading.of(one));
    }
  }

  private static Map<String, Function<Ratios, Ratio>> ratios() {
    Map<String, Function<Ratios, Ratio>> ratios = new LinkedHashMap<>();
    ratios.put("p50", Ratios::p50);
    ratios.put("p95", Ratios::p95);
    ratios.put("p99", Ratios::p99);
    ratios.put("throughput", Ratios::throughput);
    return ratios;
  }

  private List<Pair> pairs(Results others) {
    List<Pair> pairs = new ArrayList<>();
    for (SystemResult one : evidence.comparison().orElseThrow().systems()) {
      others.systems().stream()
          .filter(other -> other.system().equals(one.system()))
          .filter(other -> one.ratios() != null && other.ratios() != null)
          .filter(other -> !one.system().equals(others.yardstick().system()))
          .forEach(
              other ->
                  RATIOS.forEach(
                      (name, ratio) -> {
                        Ratio first = ratio.apply(one.ratios());
                        Ratio second = ratio.apply(other.ratios());
                        if (first != null && second != null) {
                          pairs.add(new Pair(one.system(), name, first, second));
                        }
                      }));
    }
    return pairs;
  }
}
