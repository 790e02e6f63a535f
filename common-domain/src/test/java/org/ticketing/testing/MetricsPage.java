package org.ticketing.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The metrics that {@code docs/metrics.md} lists. */
public final class MetricsPage {

  private static final List<String> SERIES_OF_TIMERS = List.of("_bucket", "_count", "_sum");

  private final Map<String, Set<String>> sections = new LinkedHashMap<>();

  public MetricsPage() {
    Set<String> section = new LinkedHashSet<>();
    for (String line : lines()) {
      if (line.startsWith("## ")) {
        section = sections.computeIfAbsent(line.substring(3), heading -> new LinkedHashSet<>());
      } else if (line.startsWith("| `")) {
        section.add(line.substring(3, line.indexOf('`', 3)));
      }
    }
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(
          Path.of(System.getProperty("ticketing.home")).resolve("docs/metrics.md"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Those of the tables below a heading. */
  public Set<String> of(String section) {
    return sections.get(section);
  }

  /**
   * @param series as Prometheus names it: of a timer, there are several
   */
  public boolean lists(String series) {
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
