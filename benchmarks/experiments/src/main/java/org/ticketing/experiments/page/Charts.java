package org.ticketing.experiments.page;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ticketing.experiments.publication.Evidence;

/** The charts of the page as files of their own, for light and dark. */
public final class Charts {

  private Charts() {}

  /**
   * All charts that there is evidence for. The same evidence gives the same bytes.
   *
   * @return SVG by the name of the file, in the order of the page
   */
  public static Map<String, String> of(Evidence evidence) {
    return of(Report.of(evidence));
  }

  static Map<String, String> of(Report report) {
    Map<String, String> files = new LinkedHashMap<>();
    for (Figure figure : report.figures()) {
      figure.charts().forEach(chart -> files.put(figure.file(chart), chart.file()));
    }
    return files;
  }
}
