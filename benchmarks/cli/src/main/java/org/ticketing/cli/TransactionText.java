package org.ticketing.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ticketing.experiments.report.TextTable;
import org.ticketing.payment.TransactionsApi.TransactionDetail;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.EngineView;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TrackingApi.LogEntry;

/** Transactions as text for a terminal. */
final class TransactionText {

  private static final double MICROS_IN_MILLI = 1000;

  private TransactionText() {}

  /** A line for each, with headings. */
  static String table(Collection<TransactionSummary> transactions, Instant now) {
    TextTable table =
        new TextTable(
            6,
            List.of(
                "",
                "began",
                "state",
                "outcome",
                "payment, or Xid",
                "customer",
                "points",
                "seconds"));
    for (TransactionSummary one : transactions) {
      table.add(
          List.of(
              one.stuck() ? "STUCK" : "",
              seconds(one.startedAt()),
              name(one.state()),
              outcome(one),
              text(TransactionFilter.idOf(one)),
              text(one.user()),
              text(one.amount()),
              one.startedAt() == null
                  ? ""
                  : decimals(
                      Duration.between(one.startedAt(), one.endedAt() == null ? now : one.endedAt())
                              .toMillis()
                          / 1e3)));
    }
    return table.toString();
  }

  /** Everything that is known of one. */
  static String of(TrackedTransaction tracked, Instant now) {
    TransactionDetail detail = tracked.detail();
    EngineView engine = detail == null ? null : detail.engine();
    List<String> lines = new ArrayList<>();
    if (detail == null) {
      lines.add(tracked.id() + ": the payment service tells nothing of it");
    } else {
      summarize(tracked.id(), detail, now, lines);
    }
    section("Time line (ms since its begin, length in ms)", timeLine(tracked), lines);
    section("The engine believes", engine(engine), lines);
    section("The databases hold", holdings(tracked.holdings()), lines);
    section(
        "Disagreement",
        tracked.disagreements().stream().map(one -> "! " + one.text()).toList(),
        lines);
    section("What happens next", next(engine), lines);
    section("What can be done", detail == null ? List.of() : possible(detail.possible()), lines);
    section("Not reached, so that something may be missing", tracked.notReached(), lines);
    return lines.stream().map(line -> line.stripTrailing() + "\n").collect(Collectors.joining());
  }

  private static void summarize(
      String id, TransactionDetail detail, Instant now, List<String> lines) {
    TransactionSummary one = detail.transaction();
    if (one == null) {
      lines.add("%s %s: not recorded".formatted(detail.protocol(), id));
      return;
    }
    lines.add(
        "%s %s: %s%s"
            .formatted(
                detail.protocol(),
                text(TransactionFilter.idOf(one)),
                name(one.state()),
                one.stuck() ? ", STUCK" : ""));
    fact("Xid", one.xid(), lines);
    fact("customer", one.user(), lines);
    fact("reservation", one.reservation(), lines);
    fact("idempotency key", one.key(), lines);
    fact("points", one.amount(), lines);
    fact("outcome", one.outcome() == null ? null : outcome(one), lines);
    fact("decision", detail.decision() == null ? null : name(detail.decision()), lines);
    if (one.startedAt() != null) {
      fact(
          "began",
          one.endedAt() == null
              ? "%s, %s ago".formatted(one.startedAt(), ago(one.startedAt(), now))
              : one.startedAt(),
          lines);
    }
    fact("ended", one.endedAt(), lines);
    fact("has to be over", one.endedAt() == null ? detail.patience() : null, lines);
  }

  private static void fact(String name, Object value, List<String> lines) {
    if (value != null) {
      lines.add("  %-16s %s".formatted(name, value));
    }
  }

  private static void section(String heading, List<String> content, List<String> lines) {
    if (!content.isEmpty()) {
      lines.add("");
      lines.add(heading);
      content.forEach(line -> lines.add("  " + line));
    }
  }

  private static List<String> timeLine(TrackedTransaction tracked) {
    List<String> lines = new ArrayList<>();
    tracked.log().stream()
        .map(LogEntry::at)
        .min(Comparator.naturalOrder())
        .ifPresent(begin -> tracked.log().forEach(entry -> lines.add(line(entry, begin))));
    if (tracked.keptSince() != null) {
      lines.add("entries before %s are not kept any more".formatted(tracked.keptSince()));
    }
    if (tracked.lost() > 0) {
      lines.add(
          "%d entries could not be written; some may be of this transaction"
              .formatted(tracked.lost()));
    }
    return lines;
  }

  /** The lane of a phase is the participant that it is about, else who has written it. */
  private static String line(LogEntry entry, Instant begin) {
    double offset = ChronoUnit.MICROS.between(begin, entry.at()) / MICROS_IN_MILLI;
    String what =
        entry.phase() == null
            ? (entry.from() == null ? "" : name(entry.from()) + " -> ") + name(entry.to())
            : entry.phase();
    return String.format(
        Locale.ROOT,
        "%10.1f %9s  %-12s %s%s",
        offset,
        entry.micros() == null ? "" : decimals(entry.micros() / MICROS_IN_MILLI),
        entry.participant() == null ? entry.service() : entry.participant(),
        what,
        explanation(entry));
  }

  private static String explanation(LogEntry entry) {
    String cause = entry.cause() == null ? "" : ": " + entry.cause();
    return entry.failed() ? "  FAILED" + cause : cause;
  }

  private static List<String> engine(EngineView engine) {
    if (engine == null) {
      return List.of("nothing: it does not know this transaction");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, decided: %s%s"
            .formatted(
                name(engine.state()),
                name(engine.decision()),
                engine.suspended() ? "; its repetitions are suspended" : ""));
    if (engine.owner() != null) {
      lines.add("it is for " + engine.owner() + " to go on");
    }
    if (engine.repetitions() > 0) {
      lines.add("tried %d times".formatted(engine.repetitions()));
    }
    if (engine.error() != null) {
      lines.add("the last of them failed: " + engine.error());
    }
    return lines;
  }

  private static List<String> holdings(List<Holding> holdings) {
    if (holdings.isEmpty()) {
      return List.of("nothing of it");
    }
    return holdings.stream()
        .flatMap(
            one ->
                Stream.concat(
                    Stream.of(
                        String.format(
                            Locale.ROOT,
                            "%-12s %s: %s (%s)%s",
                            one.participant(),
                            one.what(),
                            one.state(),
                            name(one.meaning()),
                            one.since() == null ? "" : " since " + one.since())),
                    waiting(one).map(who -> " ".repeat(13) + "waited for by " + who)))
        .toList();
  }

  private static Stream<String> waiting(Holding holding) {
    return holding.waiting() == null ? Stream.empty() : holding.waiting().stream();
  }

  private static List<String> next(EngineView engine) {
    return engine == null || engine.next() == null
        ? List.of()
        : engine.next().stream()
            .map(one -> one.what() + (one.at() == null ? "" : ", at " + one.at()))
            .toList();
  }

  private static List<String> possible(Map<Steering, Effect> possible) {
    return possible == null
        ? List.of()
        : new TreeMap<>(possible)
            .entrySet().stream()
                .map(one -> "%-9s %s".formatted(name(one.getKey()), preview(one.getValue())))
                .toList();
  }

  /** What a steering would do, in one line. */
  static String preview(Effect effect) {
    if (effect.isRefused()) {
      return "not possible: " + effect.refusal();
    }
    return (effect.heuristic() ? "HEURISTIC, the decision is unknown and becomes yours: " : "")
        + steps(effect);
  }

  /** What a steering has done, in one line. Some of it may have been done before it failed. */
  static String result(Effect effect) {
    if (effect.isRefused()) {
      return effect.steps().isEmpty()
          ? "refused: " + effect.refusal()
          : "NOT FINISHED, repeat it: " + effect.refusal();
    }
    return (effect.finished() ? "done: " : "NOT FINISHED, repeat it: ") + steps(effect);
  }

  private static String steps(Effect effect) {
    return effect.steps().isEmpty() ? "nothing is left to do" : String.join("; ", effect.steps());
  }

  private static String outcome(TransactionSummary one) {
    if (one.outcome() == null) {
      return "";
    }
    return one.reason() == null ? one.outcome() : one.outcome() + " (" + one.reason() + ")";
  }

  /** The name of a state, a decision, or a steering, as users read and type it. */
  static String name(Enum<?> value) {
    return value == null ? "" : value.name().toLowerCase(Locale.ROOT);
  }

  /** A time to the second. */
  static String seconds(Instant time) {
    return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String ago(Instant time, Instant now) {
    Duration ago = Duration.between(time, now);
    return ago.toHours() > 0
        ? "%d h %d min".formatted(ago.toHours(), ago.toMinutesPart())
        : ago.toMinutes() > 0
            ? "%d min %d s".formatted(ago.toMinutes(), ago.toSecondsPart())
            : "%d s".formatted(ago.toSeconds());
  }

  private static String decimals(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }
}
