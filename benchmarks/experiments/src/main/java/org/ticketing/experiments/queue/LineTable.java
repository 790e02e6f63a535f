package org.ticketing.experiments.queue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ticketing.experiments.queue.LineFigures.Round;
import org.ticketing.experiments.report.TextTable;

/** The figures as a table for a terminal, with one row for each length of the line. */
final class LineTable {

  private static final List<String> HEADINGS =
      List.of("waiting", "rank", "ratio", "admission run", "ratio");

  private LineTable() {}

  /**
   * @param scans by index, and rows read without one under {@code none}
   */
  static String of(List<LineFigures> figures, Map<String, Long> scans) {
    LineFigures shortest = figures.get(0);
    TextTable table = new TextTable(0, HEADINGS);
    for (LineFigures one : figures) {
      table.add(
          List.of(
              String.format(Locale.ROOT, "%,d", one.waiting()),
              millis(one.median(Round::rankMillis)),
              one.ratioTo(shortest, Round::rankMillis).toString(),
              millis(one.median(Round::admissionMillis)),
              one.ratioTo(shortest, Round::admissionMillis).toString()));
    }
    return table + legend(shortest, scans);
  }

  private static String legend(LineFigures shortest, Map<String, Long> scans) {
    Map<String, Long> byIndex = new TreeMap<>(scans);
    long withoutIndex = byIndex.remove("none");
    return String.format(
        Locale.ROOT,
        """

        Ratios are to the line of %,d in the same round: median (lowest-highest) of %d rounds. Times are
        medians on this machine in this run. Rank: GET /queue-tokens/{id} of customers in the second half
        of the line, one at a time. Admission run: from the moment the next ones become active to the
        moment another connection sees them, looked for twice a millisecond.
        Rows of tokens that PostgreSQL read without an index: %,d. Scans by index (this observer included):
        %s.
        """,
        shortest.waiting(),
        shortest.rounds().size(),
        withoutIndex,
        byIndex.entrySet().stream()
            .map(one -> String.format(Locale.ROOT, "%s %,d", one.getKey(), one.getValue()))
            .collect(Collectors.joining(", ")));
  }

  private static String millis(double millis) {
    return String.format(Locale.ROOT, "%.1f ms", millis);
  }
}
