package org.ticketing.experiments.crash;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ticketing.experiments.report.TextTable;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.FracturedReads;

/** The results as a person reads them in a terminal: a table a system, a row a cell. */
public final class CrashTable {

  private static final List<String> HEADINGS =
      List.of(
          "point",
          "act",
          "in flight",
          "completed",
          "refused",
          "failed",
          "unknown",
          "outage",
          "clean after",
          "blocked",
          "violations",
          "in doubt",
          "untruths",
          "fractured",
          "false refusals",
          "kept");

  private static final String LEGEND =
      """
      In flight: payments without an answer at the moment of the act; then what their clients were told.
      Times in seconds. Outage: from the act until everything struck works again. Clean after: from then
      until the audit is clean. Blocked: the longest that an unrelated payment out of the wallet of a
      payment in flight took, from the act on. Violations: payments, wallets and seats that the databases
      show to be broken. In doubt: what had neither happened nor been undone at the end. Untruths: answers
      that the databases contradict, also when asked again with the same key. Fractured: payments that
      readers saw half done, of those they watched, and how long the longest was seen so, at least. False
      refusals: customers told that they had too few points while a payment that came to nothing held them.
      """;

  private CrashTable() {}

  /** Explains points, one in a line each. */
  public static String list(List<CrashPoint> points) {
    StringBuilder text = new StringBuilder();
    for (CrashPoint point : points) {
      text.append(
          "%-14s %-34s %2d cells  %s%n"
              .formatted(
                  point.system().name(), point.name(), point.cells().size(), point.explanation()));
    }
    return text.toString();
  }

  public static String of(CrashResults results) {
    StringBuilder text = new StringBuilder();
    Map<String, List<CellResult>> ofSystem =
        results.cells().stream()
            .collect(groupingBy(CellResult::system, LinkedHashMap::new, toList()));
    ofSystem.forEach(
        (system, cells) -> {
          text.append(system).append('\n').append(table(cells)).append('\n');
          text.append(summary(system, cells)).append("\n\n");
        });
    results.storms().forEach(storm -> text.append(line(storm)).append("\n\n"));
    return text.append(LEGEND).toString();
  }

  /** One cell in one line. */
  static String verdict(CellResult cell) {
    if (!cell.isKept()) {
      return "BROKEN: %s; violations %s %s, in doubt %s, untruths %s"
          .formatted(
              String.join(", ", cell.found().broken()),
              cell.found().violationsByKind(),
              cell.found().examples(),
              cell.found().inDoubt(),
              cell.found().untruths());
    }
    return "%s; told %s; %s"
        .formatted(
            cell.found().cleanAfter() == null
                ? "%d violations, %s in doubt"
                    .formatted(cell.found().violations(), cell.found().inDoubt())
                : "clean after %s s".formatted(seconds(cell.found().cleanAfter())),
            cell.told().answers(),
            blocked(cell));
  }

  private static String blocked(CellResult cell) {
    if (cell.inFlight() == 0) {
      return "nothing in flight";
    }
    return cell.blocked() == null
        ? "the wallet stayed blocked"
        : "wallet blocked for %s s".formatted(seconds(cell.blocked()));
  }

  private static TextTable table(List<CellResult> cells) {
    TextTable table = new TextTable(2, HEADINGS);
    cells.forEach(cell -> table.add(row(cell)));
    return table;
  }

  private static List<String> row(CellResult cell) {
    return List.of(
        cell.point()
            + " @"
            + cell.place()
            + (cell.repetition() == 1 ? "" : ", again (" + cell.repetition() + ")"),
        cell.act(),
        Integer.toString(cell.inFlight()),
        Integer.toString(cell.told().completed()),
        Integer.toString(cell.told().refused()),
        Integer.toString(cell.told().failed()),
        Integer.toString(cell.told().unknown()),
        seconds(cell.outage()),
        seconds(cell.found().cleanAfter()),
        cell.inFlight() == 0 ? "-" : seconds(cell.blocked()),
        Integer.toString(cell.found().violations()),
        Long.toString(cell.found().inDoubtCount()),
        Integer.toString(cell.found().untruths().size()),
        fractured(List.of(cell.found().fractured())),
        Integer.toString(cell.found().falseRefusals()),
        cell.isKept() ? (Systems.named(cell.system()).keepsPromise() ? "yes" : "-") : "NO");
  }

  /** How many payments, and the longest. */
  static String fractured(List<FracturedReads> seen) {
    int payments = seen.stream().mapToInt(FracturedReads::fractured).sum();
    int watched = seen.stream().mapToInt(FracturedReads::watched).sum();
    long longest = seen.stream().mapToLong(FracturedReads::maxMicros).max().orElse(0);
    return payments == 0
        ? "0 of " + watched
        : "%d of %d (%s)".formatted(payments, watched, seconds(longest / 1000));
  }

  private static String seconds(Long millis) {
    return millis == null ? "never" : String.format(Locale.ROOT, "%.1f", millis / 1000.0);
  }

  private static String summary(String system, List<CellResult> cells) {
    if (!Systems.named(system).keepsPromise()) {
      int violations = cells.stream().mapToInt(cell -> cell.found().violations()).sum();
      long lossless = cells.stream().filter(cell -> cell.found().violations() == 0).count();
      return "%s: promises nothing and, as expected, loses: %d violations in %d cells, %d without."
          .formatted(system, violations, cells.size(), lossless);
    }
    long broken = cells.stream().filter(cell -> !cell.isKept()).count();
    return broken == 0
        ? "%s: kept the promise in all %d cells.".formatted(system, cells.size())
        : "%s: BROKE THE PROMISE in %d of %d cells.".formatted(system, broken, cells.size());
  }

  private static String line(RandomFaultsResult storm) {
    return "%s under %d strikes at random (seed %d): %d payments asked, told %s; %s; clean after %s s; %s"
        .formatted(
            storm.system(),
            storm.strikes().size(),
            storm.seed(),
            storm.asked(),
            storm.told().answers(),
            "%d violations, in doubt %s, %d untruths"
                .formatted(
                    storm.found().violations(),
                    storm.found().inDoubt(),
                    storm.found().untruths().size()),
            seconds(storm.found().cleanAfter()),
            storm.found().isKept()
                ? "kept the promise."
                : "BROKE THE PROMISE: "
                    + storm.found().broken()
                    + storm.found().examples()
                    + storm.found().untruths());
  }
}
