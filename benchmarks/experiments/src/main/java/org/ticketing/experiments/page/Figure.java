package org.ticketing.experiments.page;

import java.util.List;
import java.util.Locale;
import org.ticketing.experiments.chart.Chart;

/**
 * A question, and the charts that answer it.
 *
 * @param id a name for links and files
 * @param finding the answer in a sentence or two
 * @param reading how to read the charts
 * @param charts all with the same question, range, and command; those without figures are left out
 */
record Figure(String id, String finding, String reading, List<Chart> charts) {

  Figure {
    charts = charts.stream().filter(chart -> !chart.table().rows().isEmpty()).toList();
  }

  String question() {
    return charts.get(0).caption().question();
  }

  String range() {
    return charts.get(0).caption().range();
  }

  String command() {
    return charts.get(0).caption().command();
  }

  /** Whether there is nothing to show. */
  boolean isEmpty() {
    return charts.isEmpty();
  }

  /** The name of the file of a chart. */
  String file(Chart chart) {
    if (charts.size() == 1) {
      return id + ".svg";
    }
    String panel = chart.caption().panel().toLowerCase(Locale.ROOT);
    return "%s-%s.svg".formatted(id, panel.replaceAll("[^a-z0-9]+", "-"));
  }
}
