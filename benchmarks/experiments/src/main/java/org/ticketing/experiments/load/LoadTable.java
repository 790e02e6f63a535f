package org.ticketing.experiments.load;

import java.util.List;
import java.util.Locale;
import org.ticketing.experiments.load.LoadFigures.Late;
import org.ticketing.experiments.report.Surroundings;
import org.ticketing.experiments.report.TextTable;
import org.ticketing.workload.Tally.Answers;

/** The results of a load, for a terminal. */
public final class LoadTable {

  private static final List<String> COUNTS =
      List.of(
          "system", "due", "sent", "not sent", "late", "completed", "refused", "failed", "unknown");

  private static final List<String> LATENCY =
      List.of("ms", "requests", "p50", "p90", "p99", "p99.9", "max");

  private LoadTable() {}

  public static String of(LoadResults results) {
    return counts(results)
        + "\n"
        + latency(results.load(), results.accepted())
        + "\n"
        + legend(results);
  }

  private static String counts(LoadResults results) {
    LoadFigures load = results.load();
    Answers answers = load.answers();
    TextTable table = new TextTable(1, COUNTS);
    table.add(
        List.of(
            name(results),
            Integer.toString(load.due()),
            Integer.toString(load.sent()),
            Integer.toString(load.notSent()),
            Integer.toString(load.late().requests()),
            Integer.toString(answers.completed()),
            Integer.toString(answers.refusedCount()),
            Integer.toString(answers.failedCount()),
            Integer.toString(answers.unknownCount())));
    return table.toString();
  }

  /**
   * @param accepted null if clients waited for their payments
   */
  private static String latency(LoadFigures load, Percentiles accepted) {
    TextTable table = new TextTable(1, LATENCY);
    table.add(row("from when due", load.latency()));
    if (load.latencyByOutcome().size() > 1) {
      load.latencyByOutcome()
          .forEach(
              (outcome, figures) ->
                  table.add(row("  " + outcome.name().toLowerCase(Locale.ROOT), figures)));
    }
    table.add(row("from when sent", load.service()));
    if (accepted != null) {
      table.add(row("until accepted", accepted));
    }
    return table.toString();
  }

  private static List<String> row(String name, Percentiles figures) {
    return List.of(
        name,
        Long.toString(figures.requests()),
        millis(figures.p50Micros()),
        millis(figures.p90Micros()),
        millis(figures.p99Micros()),
        millis(figures.p999Micros()),
        millis(figures.maxMicros()));
  }

  private static String legend(LoadResults results) {
    LoadSettings settings = results.settings();
    LoadFigures load = results.load();
    Late late = load.late();
    StringBuilder text = new StringBuilder();
    line(
        text,
        "Asked for %.1f payments a second for %d s, %s; %.1f a second were answered.",
        settings.rate(),
        settings.duration().toSeconds(),
        arrivals(settings),
        load.answersPerSecond());
    line(text, "Latencies are of all requests that were sent, whatever their outcome.");
    if (results.accepted() != null) {
      line(
          text,
          "Payments were accepted first (202) and made later; a latency lasts until a client knew the"
              + " end, which it asked for every 20 ms. Until accepted: from when due.");
    }
    line(
        text,
        "Late: sent more than %.0f ms after they were due, %d of them because all %d clients were"
            + " busy; at most %s ms.",
        late.thresholdMicros() / 1e3,
        late.waitedForClient(),
        settings.clients(),
        millis(late.maxMicros()));
    line(text, "%s They are in no latency.", notSent(load));
    if (results.reserved().meanwhile() > 0) {
      line(text, "%s", meanwhile(results.reserved()));
    }
    if (!load.answers().refused().isEmpty()) {
      line(text, "Refused: %s.", load.answers().refused());
    }
    if (settings.roundTrip() != null) {
      line(
          text,
          "Services are a round trip of %s ms apart; databases are near.",
          settings.roundTrip().toNanos() / 1e6);
    }
    Surroundings.servers(results.environment().durability())
        .ifPresent(sentence -> line(text, "%s", sentence));
    line(text, "%s", warmUp(results));
    line(text, "%s", verdict(results));
    return text.toString();
  }

  private static String notSent(LoadFigures load) {
    return load.withoutSeat() == 0
        ? "Not sent: due, but all clients were busy until the end."
        : "Not sent: %d had no seat when they were due; all clients were busy until the end for %d."
            .formatted(load.withoutSeat(), load.notSent() - load.withoutSeat());
  }

  private static String meanwhile(Reserved reserved) {
    return """
        Seats are held for %d s there: %d were reserved before the load, and %d while it ran, %d s ahead and at
        most twice as fast as they were paid. The system had that to do, too."""
        .formatted(
            reserved.ahead().toSeconds() * 2,
            reserved.before(),
            reserved.meanwhile(),
            reserved.ahead().toSeconds());
  }

  private static String arrivals(LoadSettings settings) {
    return switch (settings.arrivals().kind()) {
      case CONSTANT -> "at equal distances";
      case POISSON -> "at random (Poisson, seed %d)".formatted(settings.arrivals().seed());
    };
  }

  private static String warmUp(LoadResults results) {
    return results.warmUp() == null
        ? "There was no warm-up."
        : "Warmed up for %d s at the same rate, which is in no figure (p50 %s ms)."
            .formatted(
                results.settings().warmUp().toSeconds(),
                millis(results.warmUp().latency().p50Micros()));
  }

  private static String verdict(LoadResults results) {
    return results.judgement() == null
        ? "Not audited: nobody said which system this is, and where its databases are."
        : "%s: %s".formatted(results.system(), results.judgement());
  }

  private static String name(LoadResults results) {
    return results.system() == null ? "target" : results.system();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%.1f", micros / 1e3);
  }
}
