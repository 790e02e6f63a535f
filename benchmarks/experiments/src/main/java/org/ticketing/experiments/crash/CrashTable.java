package org.ticketing.experiments.crash;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ticketing.experiments.crash.CellResult.Impact;
import org.ticketing.experiments.crash.CellResult.Played;
import org.ticketing.experiments.crash.CrashResults.SkippedCell;
import org.ticketing.experiments.report.Changes;
import org.ticketing.experiments.report.Surroundings;
import org.ticketing.experiments.report.TextTable;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.FracturedReads;

/** The results as text for a terminal: one table for each system, one row for each cell. */
public final class CrashTable {

  private static final List<String> HEADINGS =
      List.of(
          "point",
          "fault",
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
          "contradictions",
          "fractured",
          "false refusals",
          "kept");

  private static final String LEGEND =
      """
      In flight: payments without an answer when the fault was injected; the next four columns say what their
      clients were told. Failed: nothing remains of the payment. Unknown: the client was not told the outcome.
      Times are in seconds. Outage: from the injection until everything that failed works again. Clean after:
      from then until the audit is clean. Blocked: the longest time, from the injection on, that an unrelated
      payment from the wallet of a payment in flight took. Violations: payments, wallets and seats that the
      databases show to be broken. In doubt: what had neither happened nor been undone at the end.
      Contradictions: answers that the databases deny, including those to payments asked again with the same key.
      Fractured: payments that readers saw half done, of those they watched, and the longest time that one was
      seen so, at least. False refusals: payments refused for lack of points that another payment had taken,
      which was later undone.
      """;

  private CrashTable() {}

  /** Explains points, one in a line each. */
  public static String list(List<CrashPoint> points) {
    TextTable table =
        new TextTable(5, List.of("system", "point", "cells", "long", "what has happened"));
    for (CrashPoint point : points) {
      table.add(
          List.of(
              point.system().name(),
              point.name(),
              Integer.toString(point.cells().size()),
              Integer.toString(point.allCells().size() - point.cells().size()),
              point.description().summary()));
    }
    return table.toString();
  }

  public static String of(CrashResults results) {
    StringBuilder text = new StringBuilder();
    Map<String, List<CellResult>> ofSystem =
        results.cells().stream()
            .collect(groupingBy(cell -> cell.played().system(), LinkedHashMap::new, toList()));
    results.skipped().forEach(one -> ofSystem.putIfAbsent(one.cell().system(), List.of()));
    ofSystem.forEach(
        (system, cells) -> {
          List<SkippedCell> skipped =
              results.skipped().stream().filter(one -> one.isOf(system)).toList();
          text.append(system).append('\n').append(table(cells, skipped)).append('\n');
          if (!cells.isEmpty()) {
            text.append(summary(system, cells)).append('\n');
          }
          skipped.forEach(one -> text.append(line(one)).append('\n'));
          text.append('\n');
        });
    results.randomFaults().forEach(one -> text.append(line(one)).append("\n\n"));
    Surroundings.servers(results.run().durability())
        .ifPresent(sentence -> text.append(sentence).append("\n\n"));
    Changes.sentence(results.run().changes())
        .ifPresent(sentence -> text.append(sentence).append("\n\n"));
    return text.append(LEGEND).toString();
  }

  /** The result of a cell in one line. */
  static String verdict(CellResult cell) {
    Findings found = cell.found();
    if (!cell.isKept()) {
      return "BROKEN: %s; violations %s %s, in doubt %s, contradictions %s"
          .formatted(
              String.join(", ", found.broken()),
              found.audit().violationsByKind(),
              found.audit().examples(),
              found.audit().inDoubt(),
              found.answers().contradictions());
    }
    return "%s; told %s; %s"
        .formatted(
            found.cleanAfter() == null
                ? "%d violations, %s in doubt"
                    .formatted(found.audit().violations(), found.audit().inDoubt())
                : "clean after %s s".formatted(seconds(found.cleanAfter())),
            cell.impact().told().answers(),
            blocked(cell.impact()));
  }

  private static String blocked(Impact impact) {
    if (impact.inFlight() == 0) {
      return "nothing in flight";
    }
    return impact.blocked() == null
        ? "the wallet stayed blocked"
        : "wallet blocked for %s s".formatted(seconds(impact.blocked()));
  }

  private static TextTable table(List<CellResult> cells, List<SkippedCell> skipped) {
    TextTable table = new TextTable(2, HEADINGS);
    cells.forEach(cell -> table.add(row(cell)));
    skipped.forEach(one -> table.add(row(one)));
    return table;
  }

  private static List<String> row(SkippedCell skipped) {
    List<String> row = new ArrayList<>(Collections.nCopies(HEADINGS.size(), "-"));
    row.set(0, skipped.cell().point() + " @" + skipped.cell().place());
    row.set(1, skipped.cell().fault());
    row.set(HEADINGS.size() - 1, "skipped");
    return row;
  }

  private static String line(SkippedCell skipped) {
    return "%s: skipped %s, %s: %s."
        .formatted(
            skipped.cell().system(),
            skipped.cell().point(),
            skipped.cell().fault(),
            skipped.reason());
  }

  private static List<String> row(CellResult cell) {
    Played played = cell.played();
    Impact impact = cell.impact();
    Told told = impact.told();
    Findings found = cell.found();
    return List.of(
        played.point()
            + " @"
            + played.place()
            + (played.repetition() == 1 ? "" : ", again (" + played.repetition() + ")"),
        played.fault(),
        Integer.toString(impact.inFlight()),
        Integer.toString(told.completed()),
        Integer.toString(told.refused()),
        Integer.toString(told.failed()),
        Integer.toString(told.unknown()),
        seconds(impact.outage()),
        seconds(found.cleanAfter()),
        impact.inFlight() == 0 ? "-" : seconds(impact.blocked()),
        Long.toString(found.audit().violations()),
        Long.toString(found.audit().inDoubtCount()),
        Integer.toString(found.answers().contradictions().size()),
        fractured(List.of(found.anomalies().fractured())),
        Integer.toString(found.anomalies().falseRefusals()),
        cell.isKept() ? (Systems.named(played.system()).atomic() ? "yes" : "-") : "NO");
  }

  /** How many payments of those watched, and the longest time in seconds. */
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
    if (!Systems.named(system).atomic()) {
      long violations = cells.stream().mapToLong(cell -> cell.found().audit().violations()).sum();
      long without = cells.stream().filter(cell -> cell.found().audit().violations() == 0).count();
      return "%s: promises nothing and, as expected, loses: %d violations in %d cells; %d cells have none."
          .formatted(system, violations, cells.size(), without);
    }
    long broken = cells.stream().filter(cell -> !cell.isKept()).count();
    return broken == 0
        ? "%s: kept the promise in all %d cells.".formatted(system, cells.size())
        : "%s: BROKE THE PROMISE in %d of %d cells.".formatted(system, broken, cells.size());
  }

  private static String line(RandomFaultsResult result) {
    Findings found = result.found();
    return "%s under %d random faults (seed %d): %d payments asked, told %s; %s; clean after %s s; %s"
        .formatted(
            result.system(),
            result.kills().size(),
            result.seed(),
            result.asked(),
            result.told().answers(),
            "%d violations, in doubt %s, %d contradictions"
                .formatted(
                    found.audit().violations(),
                    found.audit().inDoubt(),
                    found.answers().contradictions().size()),
            seconds(found.cleanAfter()),
            found.isKept()
                ? "kept the promise."
                : "BROKE THE PROMISE: "
                    + found.broken()
                    + found.audit().examples()
                    + found.answers().contradictions());
  }
}
