package org.ticketing.monitoring;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The metrics that {@code docs/metrics.md} lists. */
final class MetricsPage {

  private static final List<String> SERIES_OF_TIMERS = List.of("_bucket", "_count", "_sum");

  private final Map<String, Set<String>> sections = new LinkedHashMap<>();

  MetricsPage() {
    Set<String> section = new LinkedHashSet<>();
    for (String line :
        MonitoringFiles.text(MonitoringFiles.HOME.resolve("docs/metrics.md")).split("\n")) {
      if (line.startsWith("## ")) {
        section = sections.computeIfAbsent(line.substring(3), heading -> new LinkedHashSet<>());
      } else if (line.startsWith("| `")) {
        section.add(line.substring(3, line.indexOf('`', 3)));
      }
    }
  }

  Set<String> of(String section) {
    return sections.get(section);
  }

  /**
   * @param series as Prometheus names it: of a timer, there are several
   */
  boolean lists(String series) {
    return sections.values().stream()
        .anyMatch(
            metrics ->
                metrics.contains(series)
                    || SERIES_OF_TIMERS.stream()
                        .filter(series::endsWith)
                        .anyMatch(
                            end ->
                                metrics.contains(
                                    series.substring(0, series.length() - end.length()))));
  }
}
