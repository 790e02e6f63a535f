package org.ticketing.experiments.publication;

import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ticketing.experiments.compare.LeveredSystem;
import org.ticketing.experiments.compare.LeveredSystem.Consequences;
import org.ticketing.experiments.compare.LeveredSystem.Pulled;
import org.ticketing.experiments.compare.LeveredSystem.Speed;
import org.ticketing.experiments.compare.LeveredSystem.Unlevered;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.verification.FracturedReads;
import org.ticketing.workload.Departures;

/** What each lever changes in each system. */
final class LeverTable {

  private static final Map<String, Function<Pulled, Ratio>> RATIOS = ratios();

  private LeverTable() {}

  /** Empty if no levers were pulled. */
  static String of(List<LeveredSystem> systems) {
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "system",
                "lever",
                "processor time",
                "throughput",
                "p50",
                "p99",
                "p50 until accepted",
                "calls",
                "told after, ms",
                "fractured",
                "for, p50/max ms",
                "stale for, ms",
                "paid"));
    for (LeveredSystem system : systems) {
      table.add(none(system.system(), system.none()));
      system.levers().forEach(lever -> table.add(pulled(system.system(), lever)));
    }
    return table.isEmpty() ? "" : table.toString();
  }

  /** The systems of the comparison that are not in the table, as the command line takes them. */
  static String missing(Evidence evidence) {
    Set<String> measured =
        evidence.leveredSystems().stream().map(LeveredSystem::system).collect(Collectors.toSet());
    return evidence.comparison().stream()
        .flatMap(
            found ->
                found.systems().stream()
                    .map(SystemResult::system)
                    .filter(name -> !name.equals(found.yardstick().control())))
        .filter(name -> !measured.contains(name))
        .collect(Collectors.joining(" "));
  }

  /** What each lever does, as a list. */
  static String words(List<LeveredSystem> systems) {
    return systems.stream()
        .limit(1)
        .flatMap(system -> system.levers().stream())
        .map(lever -> "- %s: %s".formatted(Text.code(lever.lever()), lever.what()))
        .collect(Collectors.joining("\n"));
  }

  /**
   * Each lever with the ratios that it reaches, from the lowest of all systems to the highest, and
   * those of single rounds, whose spread says how much that is worth.
   */
  static List<String> ranges(List<LeveredSystem> systems) {
    Map<String, List<Pulled>> inEachSystem =
        systems.stream()
            .flatMap(system -> system.levers().stream())
            .collect(Collectors.groupingBy(Pulled::lever, LinkedHashMap::new, Collectors.toList()));
    return inEachSystem.values().stream().map(LeverTable::ranged).toList();
  }

  private static String ranged(List<Pulled> inEachSystem) {
    Pulled any = inEachSystem.get(0);
    String ranges =
        RATIOS.entrySet().stream()
            .flatMap(ratio -> range(ratio.getKey(), inEachSystem, ratio.getValue()).stream())
            .collect(Collectors.joining(", "));
    return "%s (%s): %s".formatted(Text.code(any.lever()), any.what(), ranges);
  }

  private static Optional<String> range(
      String name, List<Pulled> inEachSystem, Function<Pulled, Ratio> which) {
    List<Ratio> found = inEachSystem.stream().map(which).filter(Objects::nonNull).toList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    DoubleSummaryStatistics medians = found.stream().mapToDouble(Ratio::median).summaryStatistics();
    return Optional.of(
        "%s %s to %s (%s-%s in single rounds)"
            .formatted(
                name,
                Text.twoDigits(medians.getMin()),
                Text.twoDigits(medians.getMax()),
                Text.twoDigits(found.stream().mapToDouble(Ratio::min).min().getAsDouble()),
                Text.twoDigits(found.stream().mapToDouble(Ratio::max).max().getAsDouble())));
  }

  private static Map<String, Function<Pulled, Ratio>> ratios() {
    Map<String, Function<Pulled, Ratio>> ratios = new LinkedHashMap<>();
    ratios.put("processor time", Pulled::withoutCompilers);
    ratios.put("throughput", Pulled::throughput);
    ratios.put("p50", Pulled::p50);
    ratios.put("p50 until accepted", Pulled::accepted);
    return ratios;
  }

  private static List<String> none(String system, Unlevered none) {
    Speed speed = none.speed();
    return row(
        system,
        "none",
        Text.oneDigit(none.servicesMillis()) + " ms",
        speed == null ? Text.NONE : Text.count(Math.round(speed.throughput())) + "/s",
        speed == null ? Text.NONE : Text.oneDigit(speed.p50Millis()) + " ms",
        speed == null ? Text.NONE : Text.oneDigit(speed.p99Millis()) + " ms",
        Text.NONE,
        none.consequences());
  }

  private static List<String> pulled(String system, Pulled lever) {
    return row(
        system,
        Text.code(lever.lever()),
        Text.of(lever.withoutCompilers()),
        Text.of(lever.throughput()),
        Text.of(lever.p50()),
        Text.of(lever.p99()),
        Text.of(lever.accepted()),
        lever.consequences());
  }

  private static List<String> row(
      String system,
      String lever,
      String processorTime,
      String throughput,
      String p50,
      String p99,
      String accepted,
      Consequences found) {
    FracturedReads seen = found.fracturedReads();
    Departures departures = found.departures();
    return List.of(
        Text.code(system),
        lever,
        processorTime,
        throughput,
        p50,
        p99,
        accepted,
        Text.oneDigit(found.calls()),
        Text.count(Math.round(found.toldMillis())),
        Reading.share(seen.fractured(), seen.watched()).map(Reading::text).orElse(Text.NONE),
        seen.fractured() == 0
            ? Text.NONE
            : "%s/%s".formatted(Text.millis(seen.p50Micros()), Text.millis(seen.maxMicros())),
        Text.count(departures.longestStaleMillis()),
        "%d of %d".formatted(departures.paid(), departures.customers()));
  }
}
