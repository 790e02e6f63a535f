package org.ticketing.experiments.page;

import java.util.List;
import org.ticketing.experiments.chart.Chart;

/**
 * A question, and the charts that answer it.
 *
 * @param id a name for links and files
 * @param finding the answer in a sentence or two
 * @param reading how to read the charts
 * @param charts at least one, all with the same question, range, and command
 */
record Figure(String id, String finding, String reading, List<Chart> charts) {

  Figure {
    charts = List.copyOf(charts);
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

  /** The name of the file of a chart. */
  String file(Chart chart) {
    return "%s-%s.svg"
        .formatted(id, chart.caption().panel().toLowerCase().replaceAll("[^a-z0-9]+", "-"))
        .replace("-.", ".");
  }
}
