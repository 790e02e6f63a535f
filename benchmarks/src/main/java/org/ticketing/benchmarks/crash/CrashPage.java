package org.ticketing.benchmarks.crash;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ticketing.stack.Variant;

/**
 * The matrix as a page to read: what each protocol promises at each point, next to what was seen.
 */
public final class CrashPage {

  private static final String HEAD =
      """
      # What happens when it dies here

      Each step of each protocol, a failure at exactly that moment, a restart, an audit. The points are found by
      [Byteman rules](benchmarks/src/main/resources/org/ticketing/benchmarks/crash) that reach the running processes
      from outside; the product's code knows nothing of them. This page is written by `./ticketing crash`, out of the
      comments of these rules and of what was seen.

      At each point six payments are under way, each out of a wallet of its own: four that can complete, and two whose
      hold has run out, so that completing the reservation refuses them. *Told* is what their clients heard. *Outage* is
      the time from the act until everything struck works again, *clean* the time from then until the audit finds
      nothing broken and nothing in doubt, *blocked* the longest that another payment out of such a wallet took from the
      act on: all in seconds, on a small machine on which starting a service takes most of them. *Fractured* payments
      are those that readers saw half done, with how long the longest was seen so, at least. Every answer was compared with the databases, and every payment was asked
      for again with the same key: answers that did not tell the truth would be listed as *untruths*.
      """;

  private CrashPage() {}

  /**
   * @param points in the order in which they are to be shown
   */
  public static String of(List<CrashPoint> points, List<CellResult> results) {
    StringBuilder page = new StringBuilder(HEAD);
    Variant variant = null;
    for (CrashPoint point : points) {
      List<CellResult> seen = results.stream().filter(result -> isOf(result, point)).toList();
      if (seen.isEmpty()) {
        continue;
      }
      if (point.variant() != variant) {
        variant = point.variant();
        page.append("\n## ").append(variant.id()).append('\n');
      }
      page.append(section(point, seen));
    }
    return page.toString();
  }

  private static boolean isOf(CellResult result, CrashPoint point) {
    return result.variant().equals(point.variant().id()) && result.point().equals(point.name());
  }

  private static String section(CrashPoint point, List<CellResult> seen) {
    StringBuilder section = new StringBuilder();
    section.append("\n### ").append(point.name()).append("\n\n");
    section.append(point.explanation()).append("\n\n");
    section.append("```\n").append(point.timeline()).append("\n```\n\n");
    section.append(point.promise()).append("\n\n");
    section.append("| act | told | outage | clean | blocked | fractured | seen |\n");
    section.append("|---|---|---|---|---|---|---|\n");
    seen.forEach(result -> section.append(row(point, result)));
    return section.toString();
  }

  private static String row(CrashPoint point, CellResult result) {
    String act = point.places().size() == 1 ? result.act() : result.place() + ": " + result.act();
    return "| %s | %s | %s | %s | %s | %s | %s |%n"
        .formatted(
            act,
            counts(result.told().answers()),
            seconds(result.outage()),
            seconds(result.found().cleanAfter()),
            seconds(result.blocked()),
            CrashTable.fractured(result.found().fractured()),
            seen(result));
  }

  private static String seen(CellResult result) {
    if (!result.found().isKept()) {
      return "**broken**: " + String.join(", ", result.found().broken());
    }
    if (!Variant.UNCOORDINATED.id().equals(result.variant())) {
      return "kept";
    }
    return result.found().violations()
        + " violations"
        + (result.found().inDoubt().isEmpty() ? "" : ", " + counts(result.found().inDoubt()));
  }

  private static String counts(Map<String, ? extends Number> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(joining(", "));
  }

  private static String seconds(Long millis) {
    return millis == null ? "-" : String.format(Locale.ROOT, "%.1f", millis / 1000.0);
  }
}
