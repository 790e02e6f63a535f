package org.ticketing.experiments.crash;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ticketing.experiments.crash.CellResult.Impact;
import org.ticketing.experiments.crash.CellResult.Played;
import org.ticketing.experiments.crash.CrashResults.SkippedCell;
import org.ticketing.experiments.report.Changes;
import org.ticketing.experiments.report.Project;
import org.ticketing.experiments.report.Surroundings;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;

/** The results as a page: what each protocol promises at each point, next to what was seen. */
public final class CrashPage {

  private static final String HEAD =
      """
      # The crash matrix: what happens when something fails at this step

      At each step of each protocol a fault is injected, what failed is repaired, and the databases are audited. The
      points are found by [Byteman rules](docs/crash-matrix.md#scripts) that reach the running processes from outside;
      the product's code knows nothing of them. `./ticketing crash` writes this page, from the comments of these rules
      and from what it found.

      Seven customers pay, each from a wallet of their own. Four of the payments can complete. Three are for
      reservations whose hold has run out, so that completing them is refused; one of these comes from a wallet with
      points for a single payment. As soon as the fault is injected, each customer sends a second payment, which has
      nothing to do with the first.

      *In flight* are the first payments without an answer when the fault was injected; *told* is what their customers
      were told. A payment *failed* if nothing remains of it; its outcome is *unknown* if its customer was not told.
      *Outage* is the time from the injection until everything that failed works again, *clean* the time from then until
      the audit finds nothing broken and nothing in doubt, *blocked* the longest time, from the injection on, that the
      second payment of one of these customers took. Times are in seconds, on a small machine on which starting a
      service takes most of them. *Fractured* are the payments that readers saw half done, of those they watched, with
      the longest time that one was seen so, at least. *False refusals* are payments refused for lack of points that
      another payment had taken, which was later undone. Every answer was compared with the databases, in its cell and
      after every later one, and every payment was asked for again with its key: an answer that the databases contradict
      is a broken promise. Of cells that were played more than once, counts are added up and the longest times are shown.
      """;

  private static final String RANDOM_FAULTS =
      """

      ## SIGKILL at random moments

      One or two processes or servers at a time, chosen at random, were killed under a steady load of payments, some of
      them from shared wallets.

      | system | faults | payments | told | clean | fractured | false refusals | seen |
      |---|---|---|---|---|---|---|---|
      """;

  private CrashPage() {}

  /**
   * @param points the points to show, in this order
   */
  public static String of(List<CrashPoint> points, CrashResults results) {
    StringBuilder page = new StringBuilder(HEAD).append(surroundings(results));
    SystemDescription system = null;
    for (CrashPoint point : points) {
      List<CellResult> seen =
          results.cells().stream().filter(result -> isOf(result.played(), point)).toList();
      List<SkippedCell> skipped =
          results.skipped().stream().filter(one -> isOf(one.cell(), point)).toList();
      if (seen.isEmpty() && skipped.isEmpty()) {
        continue;
      }
      if (point.system() != system) {
        system = point.system();
        page.append("\n## ").append(system.name()).append('\n');
      }
      page.append(section(point, seen));
      skipped.forEach(one -> page.append(row(point, one)));
    }
    if (!results.randomFaults().isEmpty()) {
      page.append(RANDOM_FAULTS);
      results.randomFaults().forEach(one -> page.append(row(one)));
    }
    return page.toString();
  }

  private static String surroundings(CrashResults results) {
    CrashResults.Run run = results.run();
    Project project = run.project();
    return "%nSeen at %s, on %d processors (%s), %s, on %s.%n"
            .formatted(
                project.commit() == null
                    ? "no known commit"
                    : "commit " + project.commit() + (project.modified() ? ", changed" : ""),
                run.machine().processors(),
                run.machine().operatingSystem(),
                run.machine().jdk(),
                LocalDate.ofInstant(run.startedAt(), ZoneOffset.UTC))
        + Surroundings.servers(run.durability()).map("%n%s%n"::formatted).orElse("")
        + Changes.sentence(run.changes()).map("%n%s%n"::formatted).orElse("");
  }

  private static boolean isOf(Played cell, CrashPoint point) {
    return cell.system().equals(point.system().name()) && cell.point().equals(point.name());
  }

  private static String section(CrashPoint point, List<CellResult> seen) {
    Map<String, List<CellResult>> byFault =
        seen.stream()
            .collect(groupingBy(one -> fault(point, one.played()), LinkedHashMap::new, toList()));
    StringBuilder section = new StringBuilder();
    section.append("\n### ").append(point.name()).append("\n\n");
    section.append(point.description().summary()).append("\n\n");
    section.append("```\n").append(point.description().timeline()).append("\n```\n\n");
    section.append(point.description().promise()).append("\n\n");
    section.append(
        "| fault | in flight | told | outage | clean | blocked | fractured | false refusals | seen |\n");
    section.append("|---|---|---|---|---|---|---|---|---|\n");
    byFault.forEach((fault, repetitions) -> section.append(row(fault, repetitions)));
    return section.toString();
  }

  private static String fault(CrashPoint point, Played played) {
    return point.places().size() == 1 ? played.fault() : played.place() + ": " + played.fault();
  }

  /** Counts are added up; of times, the longest is shown. */
  private static String row(String fault, List<CellResult> repetitions) {
    List<Impact> impacts = repetitions.stream().map(CellResult::impact).toList();
    List<Findings> found = repetitions.stream().map(CellResult::found).toList();
    return "| %s | %d | %s | %s | %s | %s | %s | %d | %s |%n"
        .formatted(
            fault,
            impacts.stream().mapToInt(Impact::inFlight).sum(),
            counts(sum(impacts.stream().map(impact -> impact.told().answers()))),
            longest(impacts.stream().map(Impact::outage)),
            longest(found.stream().map(Findings::cleanAfter)),
            longest(impacts.stream().map(Impact::blocked)),
            CrashTable.fractured(found.stream().map(one -> one.anomalies().fractured()).toList()),
            found.stream().mapToInt(one -> one.anomalies().falseRefusals()).sum(),
            seen(repetitions.get(0).played().system(), found));
  }

  private static String row(CrashPoint point, SkippedCell skipped) {
    return "| %s | - | - | - | - | - | - | - | skipped: %s |%n"
        .formatted(fault(point, skipped.cell()), skipped.reason());
  }

  private static String row(RandomFaultsResult result) {
    Findings found = result.found();
    return "| %s | %d | %d | %s | %s | %s | %d | %s |%n"
        .formatted(
            result.system(),
            result.kills().size(),
            result.asked(),
            counts(sum(Stream.of(result.told().answers()))),
            longest(Stream.of(found.cleanAfter())),
            CrashTable.fractured(List.of(found.anomalies().fractured())),
            found.anomalies().falseRefusals(),
            seen(result.system(), List.of(found)));
  }

  private static String seen(String system, List<Findings> repetitions) {
    Set<String> broken = new LinkedHashSet<>();
    repetitions.forEach(found -> broken.addAll(found.broken()));
    if (!broken.isEmpty()) {
      return "**broken**: " + String.join(", ", broken);
    }
    if (Systems.named(system).atomic()) {
      return repetitions.size() == 1 ? "kept" : "kept %d times".formatted(repetitions.size());
    }
    Map<String, Long> inDoubt = sum(repetitions.stream().map(found -> found.audit().inDoubt()));
    return repetitions.stream().mapToLong(found -> found.audit().violations()).sum()
        + " violations"
        + (inDoubt.isEmpty() ? "" : ", " + counts(inDoubt));
  }

  private static Map<String, Long> sum(Stream<? extends Map<String, ? extends Number>> counts) {
    Map<String, Long> sum = new TreeMap<>();
    counts.forEach(
        some -> some.forEach((kind, count) -> sum.merge(kind, count.longValue(), Long::sum)));
    return sum;
  }

  private static String counts(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(joining(", "));
  }

  /** The longest time in seconds; a dash if one of them never ended. */
  private static String longest(Stream<Long> millis) {
    List<Long> times = millis.toList();
    return times.contains(null)
        ? "-"
        : String.format(Locale.ROOT, "%.1f", Collections.max(times) / 1000.0);
  }
}
