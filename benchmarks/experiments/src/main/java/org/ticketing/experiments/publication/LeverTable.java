package org.ticketing.experiments.publication;

import java.util.List;
import java.util.stream.Collectors;
import org.ticketing.experiments.compare.LeveredSystem;
import org.ticketing.experiments.compare.LeveredSystem.Consequences;
import org.ticketing.experiments.compare.LeveredSystem.Pulled;
import org.ticketing.experiments.compare.LeveredSystem.Speed;
import org.ticketing.experiments.compare.LeveredSystem.Unlevered;
import org.ticketing.verification.FracturedReads;
import org.ticketing.workload.Departures;

/** What each lever changes in each system. */
final class LeverTable {

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

  /** What each lever does, as a list. */
  static String words(List<LeveredSystem> systems) {
    return systems.stream()
        .limit(1)
        .flatMap(system -> system.levers().stream())
        .map(lever -> "- %s: %s".formatted(Text.code(lever.lever()), lever.what()))
        .collect(Collectors.joining("\n"));
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
