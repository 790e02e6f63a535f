package org.ticketing.experiments.publication;

import java.util.List;
import java.util.Optional;
import org.ticketing.experiments.crash.CellResult;
import org.ticketing.experiments.crash.CrashResults;
import org.ticketing.experiments.crash.RandomFaultsResult;

/** What the crash matrix found, a row for each system, and one more for each as shipped. */
final class CrashTables {

  private final Evidence evidence;

  CrashTables(Evidence evidence) {
    this.evidence = evidence;
  }

  /** Counts are added up; of times, the longest is shown with its cell. */
  String matrix() {
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "system",
                "cells",
                "kept",
                "violations",
                "contradictions",
                "longest outage",
                "longest until clean",
                "longest blocked",
                "fractured",
                "false refusals"));
    evidence.crashes().ifPresent(results -> add(table, results, false));
    evidence.crashesAsShipped().ifPresent(results -> add(table, results, true));
    return table.isEmpty() ? "" : table.toString();
  }

  /** The cells in which a promise was broken; empty if there is none. */
  String broken() {
    MarkdownTable table = new MarkdownTable(List.of("system", "cell", "broken"));
    evidence
        .crashes()
        .ifPresent(results -> results.cells().forEach(cell -> addBroken(table, cell, "")));
    evidence
        .crashesAsShipped()
        .ifPresent(
            results ->
                results.cells().stream()
                    .filter(cell -> asShipped(results, cell.played().system()))
                    .forEach(cell -> addBroken(table, cell, " as shipped")));
    return table.isEmpty() ? "" : table.toString();
  }

  /** SIGKILL at random moments; empty if there was none. */
  String random() {
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "system",
                "kills",
                "payments",
                "violations",
                "until clean",
                "fractured",
                "verdict"));
    evidence.crashes().stream()
        .flatMap(results -> results.randomFaults().stream())
        .forEach(one -> table.add(random(one)));
    return table.isEmpty() ? "" : table.toString();
  }

  private static List<String> random(RandomFaultsResult one) {
    return List.of(
        Text.code(one.system()),
        Text.count(one.kills().size()),
        Text.count(one.asked()),
        Text.count(one.found().audit().violations()),
        one.found().cleanAfter() == null
            ? "no end in time"
            : Text.seconds(one.found().cleanAfter()),
        Reading.share(
                one.found().anomalies().fractured().fractured(),
                one.found().anomalies().fractured().watched())
            .map(Reading::text)
            .orElse(Text.NONE),
        verdict(one.system(), one.found().broken()));
  }

  private static void addBroken(MarkdownTable table, CellResult cell, String how) {
    if (!cell.found().broken().isEmpty()) {
      table.add(
          List.of(
              Text.code(cell.played().system()) + how,
              Crashes.name(cell),
              String.join(", ", cell.found().broken())));
    }
  }

  private static void add(MarkdownTable table, CrashResults results, boolean onlyAsShipped) {
    results.cells().stream()
        .map(cell -> cell.played().system())
        .distinct()
        .filter(system -> !onlyAsShipped || asShipped(results, system))
        .flatMap(system -> Crashes.of(results, system).stream())
        .forEach(crashes -> table.add(row(crashes, onlyAsShipped ? " as shipped" : "")));
  }

  private static boolean asShipped(CrashResults results, String system) {
    return AsShipped.of(system, results.run().changes());
  }

  private static List<String> row(Crashes crashes, String how) {
    return List.of(
        Text.code(crashes.system()) + how,
        Text.count(crashes.cells().size()),
        Protocols.promises(crashes.system()) ? Text.count(crashes.kept()) : "promises nothing",
        Text.count(crashes.sum(cell -> cell.found().audit().violations())),
        Text.count(crashes.sum(cell -> cell.found().answers().contradictions().size())),
        text(crashes.outage()),
        text(crashes.clean()),
        text(crashes.blocked()),
        text(crashes.fractured()),
        Text.count(crashes.sum(cell -> cell.found().anomalies().falseRefusals())));
  }

  private static String verdict(String system, List<String> broken) {
    return !broken.isEmpty()
        ? "**broken**: " + String.join(", ", broken)
        : Protocols.promises(system) ? "kept" : "promises nothing";
  }

  private static String text(Optional<Reading> reading) {
    return reading.map(Reading::text).orElse(Text.NONE);
  }
}
