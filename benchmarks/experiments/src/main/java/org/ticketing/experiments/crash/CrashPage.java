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
import org.ticketing.experiments.report.Project;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;

/**
 * The matrix as a page to read: what each protocol promises at each point, next to what was seen.
 */
public final class CrashPage {

  private static final String HEAD =
"""
      # What happens when it dies here

      Each step of each protocol, a failure at exactly that moment, a restart, an audit. The points are found by
      [Byteman rules](docs/crash-matrix.md#scripts) that reach the running processes
      from outside; the product's code knows nothing of them. This page is written by `./ticketing crash`, out of the
      comments of these rules and of what was seen.

      Seven customers pay, each out of a wallet of their own: four payments can complete; three are for reservations
      whose hold has run out, so that completing them is refused, and one of these comes out of a wallet with points for
      a single payment. As soon as the act begins each customer sends another payment, which has nothing to do with the
      first and wants to be done.

      *In flight* are the first payments without an answer at the moment of the act, *told* is what their customers heard.
      *Outage* is the time from the act until everything struck works again, *clean* the time from then until the audit
      finds nothing broken and nothing in doubt, *blocked* the longest that the other payment of one of these customers
      took from the act on: all in seconds, on a small machine on which starting a service takes most of them.
      *Fractured* payments are those that readers saw half done, of those they watched, with how long the longest was
      seen so, at least; *false refusals* are customers told that they had too few points while a payment that came to
      nothing held them. Every answer was compared with the databases, there and after every later cell, and every
      payment was asked for again with the same key: an answer that did not tell the truth would be a broken promise. Of
      cells that were played more than once the longest times are shown.
      """;

  private static final String STORMS =
      """

      ## SIGKILL at random moments

      Processes and servers chosen at random, one or two at a time, under a steady load of payments out of wallets that
      are partly shared.

      | system | strikes | payments | told | clean | fractured | false refusals | seen |
      |---|---|---|---|---|---|---|---|
      """;

  private CrashPage() {}

  /**
   * @param points in the order in which they are to be shown
   */
  public static String of(List<CrashPoint> points, CrashResults results) {
    StringBuilder page = new StringBuilder(HEAD).append(surroundings(results));
    SystemDescription system = null;
    for (CrashPoint point : points) {
      List<CellResult> seen =
          results.cells().stream().filter(result -> isOf(result, point)).toList();
      if (seen.isEmpty()) {
        continue;
      }
      if (point.system() != system) {
        system = point.system();
        page.append("\n## ").append(system.name()).append('\n');
      }
      page.append(section(point, seen));
    }
    if (!results.storms().isEmpty()) {
      page.append(STORMS);
      results.storms().forEach(storm -> page.append(row(storm)));
    }
    return page.toString();
  }

  private static String surroundings(CrashResults results) {
    Project project = results.project();
    return "%nSeen at %s, on %d processors (%s), %s, on %s.%n"
        .formatted(
            project.commit() == null
                ? "no known commit"
                : "commit " + project.commit() + (project.modified() ? ", changed" : ""),
            results.machine().processors(),
            results.machine().operatingSystem(),
            results.machine().jdk(),
            LocalDate.ofInstant(results.startedAt(), ZoneOffset.UTC));
  }

  private static boolean isOf(CellResult result, CrashPoint point) {
    return result.system().equals(point.system().name()) && result.point().equals(point.name());
  }

  private static String section(CrashPoint point, List<CellResult> seen) {
    Map<String, List<CellResult>> ofAct =
        seen.stream().collect(groupingBy(one -> act(point, one), LinkedHashMap::new, toList()));
    StringBuilder section = new StringBuilder();
    section.append("\n### ").append(point.name()).append("\n\n");
    section.append(point.explanation()).append("\n\n");
    section.append("```\n").append(point.timeline()).append("\n```\n\n");
    section.append(point.promise()).append("\n\n");
    section.append(
        "| act | in flight | told | outage | clean | blocked | fractured | false refusals | seen |\n");
    section.append("|---|---|---|---|---|---|---|---|---|\n");
    ofAct.forEach((act, repetitions) -> section.append(row(act, repetitions)));
    return section.toString();
  }

  private static String act(CrashPoint point, CellResult result) {
    return point.places().size() == 1 ? result.act() : result.place() + ": " + result.act();
  }

  /** Sums of what was counted, and the longest of what took time. */
  private static String row(String act, List<CellResult> repetitions) {
    List<Findings> found = repetitions.stream().map(CellResult::found).toList();
    return "| %s | %d | %s | %s | %s | %s | %s | %d | %s |%n"
        .formatted(
            act,
            repetitions.stream().mapToInt(CellResult::inFlight).sum(),
            counts(sum(repetitions.stream().map(result -> result.told().answers()))),
            longest(repetitions.stream().map(CellResult::outage)),
            longest(found.stream().map(Findings::cleanAfter)),
            longest(repetitions.stream().map(CellResult::blocked)),
            CrashTable.fractured(found.stream().map(Findings::fractured).toList()),
            found.stream().mapToInt(Findings::falseRefusals).sum(),
            seen(repetitions.get(0).system(), found));
  }

  private static String row(RandomFaultsResult storm) {
    return "| %s | %d | %d | %s | %s | %s | %d | %s |%n"
        .formatted(
            storm.system(),
            storm.strikes().size(),
            storm.asked(),
            counts(sum(Stream.of(storm.told().answers()))),
            longest(Stream.of(storm.found().cleanAfter())),
            CrashTable.fractured(List.of(storm.found().fractured())),
            storm.found().falseRefusals(),
            seen(storm.system(), List.of(storm.found())));
  }

  private static String seen(String system, List<Findings> repetitions) {
    Set<String> broken = new LinkedHashSet<>();
    repetitions.forEach(found -> broken.addAll(found.broken()));
    if (!broken.isEmpty()) {
      return "**broken**: " + String.join(", ", broken);
    }
    if (Systems.named(system).keepsPromise()) {
      return repetitions.size() == 1 ? "kept" : "kept %d times".formatted(repetitions.size());
    }
    Map<String, Long> inDoubt = sum(repetitions.stream().map(Findings::inDoubt));
    return repetitions.stream().mapToInt(Findings::violations).sum()
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

  /** In seconds; a dash if one never came to its end. */
  private static String longest(Stream<Long> millis) {
    List<Long> times = millis.toList();
    return times.contains(null)
        ? "-"
        : String.format(Locale.ROOT, "%.1f", Collections.max(times) / 1000.0);
  }
}
