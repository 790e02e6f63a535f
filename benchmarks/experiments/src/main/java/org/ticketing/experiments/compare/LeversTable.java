package org.ticketing.experiments.compare;

import java.util.List;
import java.util.Locale;
import org.ticketing.experiments.compare.LeveredSystem.Consequences;
import org.ticketing.experiments.compare.LeveredSystem.Pulled;
import org.ticketing.experiments.compare.LeveredSystem.Speed;
import org.ticketing.experiments.compare.LeveredSystem.Unlevered;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.experiments.report.TextTable;
import org.ticketing.verification.FracturedReads;
import org.ticketing.workload.Departures;

/** What levers change, as a table for a terminal. */
final class LeversTable {

  private static final List<String> BOUGHT =
      List.of("system", "lever", "without compilers", "throughput", "p50", "p99", "accepted");

  private static final List<String> COST =
      List.of("system", "lever", "calls", "told ms", "fractured", "p50/max ms", "stale ms", "paid");

  private static final String LEGEND =
      """
      Levers: each system with none (one call after the other, nothing remembered, partners and queue told
      of one payment at a time), in units, its processor time with compilers; and with one lever, as the
      ratio to none in the same round: median (lowest-highest). P50 and p99 are until a client knew of the
      end of its payment, accepted is the p50 until it was told that it will be made, to p50 of none.
      %sCalls: over HTTP between processes for a payment, with what follows it. Told: until partners and queue
      knew of the payments of a round, once all were made. Fractured: as in the table of promises. Stale: the
      longest after the answer to a withdrawal that its user was still taken for active; paid: payments that
      such users completed.

      """;

  private LeversTable() {}

  /** Empty if no levers were pulled. */
  static String of(Results results) {
    if (results.levers().isEmpty()) {
      return "";
    }
    TextTable bought = new TextTable(2, BOUGHT);
    TextTable cost = new TextTable(2, COST);
    for (LeveredSystem system : results.levers()) {
      bought.add(speed(system.system(), system.none()));
      cost.add(cost(system.system(), "none", system.none().consequences()));
      for (Pulled lever : system.levers()) {
        bought.add(ratios(system.system(), lever));
        cost.add(cost(system.system(), lever.lever(), lever.consequences()));
      }
    }
    return "%s%n%s%n%s"
        .formatted(bought, cost, LEGEND.formatted(what(results.levers().get(0).levers())));
  }

  /** A line for each lever. */
  private static String what(List<Pulled> levers) {
    StringBuilder text = new StringBuilder();
    levers.forEach(one -> text.append("%s: %s.%n".formatted(one.lever(), one.what())));
    return text.toString();
  }

  private static List<String> speed(String system, Unlevered none) {
    Speed speed = none.speed();
    return List.of(
        system,
        "none",
        oneDigit(none.servicesMillis()) + " ms",
        speed == null ? "-" : Math.round(speed.throughput()) + "/s",
        speed == null ? "-" : oneDigit(speed.p50Millis()) + " ms",
        speed == null ? "-" : oneDigit(speed.p99Millis()) + " ms",
        "-");
  }

  private static List<String> ratios(String system, Pulled lever) {
    return List.of(
        system,
        lever.lever(),
        text(lever.withoutCompilers()),
        text(lever.throughput()),
        text(lever.p50()),
        text(lever.p99()),
        text(lever.accepted()));
  }

  private static List<String> cost(String system, String lever, Consequences found) {
    FracturedReads seen = found.fracturedReads();
    Departures departures = found.departures();
    return List.of(
        system,
        lever,
        oneDigit(found.calls()),
        Long.toString(Math.round(found.toldMillis())),
        "%d of %d".formatted(seen.fractured(), seen.watched()),
        seen.fractured() == 0
            ? "-"
            : "%s/%s".formatted(oneDigit(seen.p50Micros() / 1e3), oneDigit(seen.maxMicros() / 1e3)),
        Long.toString(departures.longestStaleMillis()),
        "%d of %d".formatted(departures.paid(), departures.customers()));
  }

  private static String text(Ratio ratio) {
    return ratio == null ? "-" : ratio.toString();
  }

  private static String oneDigit(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
