package org.ticketing.experiments.publication;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ticketing.experiments.publication.MicroBenchmark.Metric;

/** The results of micro-benchmarks: the median, and the mean with its error. */
final class MicroBenchmarkTable {

  private MicroBenchmarkTable() {}

  /** Empty if there are none. */
  static String of(List<MicroBenchmark> benchmarks) {
    if (benchmarks.isEmpty()) {
      return "";
    }
    MarkdownTable table =
        new MarkdownTable(
            List.of("benchmark", "parameters", "threads", "forks", "median", "mean", "unit"));
    for (MicroBenchmark benchmark : benchmarks) {
      Metric metric = benchmark.primaryMetric();
      table.add(
          List.of(
              Text.code(benchmark.name()),
              parameters(benchmark.params()),
              Integer.toString(benchmark.threads()),
              Integer.toString(benchmark.forks()),
              number(benchmark.median()),
              Double.isNaN(metric.scoreError())
                  ? number(metric.score())
                  : number(metric.score()) + " ± " + number(metric.scoreError()),
              metric.scoreUnit()));
    }
    return table.toString();
  }

  private static String parameters(Map<String, String> parameters) {
    return parameters == null
        ? ""
        : parameters.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(one -> one.getKey() + " " + Text.code(one.getValue()))
            .collect(Collectors.joining(", "));
  }

  /** Three digits or all before the point. */
  private static String number(double number) {
    double size = Math.abs(number);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, number);
  }
}
