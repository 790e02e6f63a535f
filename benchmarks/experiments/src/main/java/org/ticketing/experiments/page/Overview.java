package org.ticketing.experiments.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ticketing.experiments.chart.Table;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.Promise;
import org.ticketing.experiments.compare.Results.Ratios;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.crash.CellResult;
import org.ticketing.experiments.publication.Evidence;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.verification.FracturedReads;

/** All systems at a glance, without the columns that nothing is known of. */
final class Overview {

  private static final String NONE = "-";
  private static final List<String> HEADINGS =
      List.of(
          "system",
          "throughput",
          "p50",
          "p99",
          "seen half done",
          "false refusals",
          "promise",
          "crash cells");

  private final Evidence evidence;

  Overview(Evidence evidence) {
    this.evidence = evidence;
  }

  Optional<Table> table() {
    return evidence
        .comparison()
        .filter(comparison -> !comparison.systems().isEmpty())
        .map(this::table);
  }

  private Table table(Results comparison) {
    List<List<String>> rows = comparison.systems().stream().map(this::row).toList();
    List<Integer> known =
        IntStream.range(0, HEADINGS.size())
            .filter(column -> rows.stream().anyMatch(row -> !row.get(column).equals(NONE)))
            .boxed()
            .toList();
    return new Table(
        known.stream().map(HEADINGS::get).toList(),
        rows.stream().map(row -> known.stream().map(row::get).toList()).toList());
  }

  private List<String> row(SystemResult one) {
    FracturedReads seen = one.seen().fracturedReads();
    List<String> row = new ArrayList<>();
    row.add(one.system());
    row.add(ratio(one, Ratios::throughput));
    row.add(ratio(one, Ratios::p50));
    row.add(ratio(one, Ratios::p99));
    row.add("%d of %d".formatted(seen.fractured(), seen.watched()));
    row.add(Integer.toString(one.seen().falseRefusals()));
    row.add(promise(one));
    row.add(cells(one.system()));
    return row;
  }

  private static String ratio(SystemResult one, Function<Ratios, Ratio> which) {
    return one.ratios() == null || which.apply(one.ratios()) == null
        ? NONE
        : Ranges.of(which.apply(one.ratios())).toString();
  }

  private static String promise(SystemResult one) {
    Promise promise = one.promise();
    if (!promise.kept()) {
      return "not as expected: %d violations, %d contradictions"
          .formatted(promise.violations(), promise.contradictions());
    }
    return promise.violations() == 0
        ? "kept"
        : "%d violations, as expected".formatted(promise.violations());
  }

  private String cells(String system) {
    List<CellResult> cells =
        evidence.crashes().stream()
            .flatMap(results -> results.cells().stream())
            .filter(cell -> cell.played().system().equals(system))
            .toList();
    long clean =
        cells.stream()
            .filter(cell -> cell.found().broken().isEmpty())
            .filter(cell -> cell.found().audit().violations() == 0)
            .count();
    return cells.isEmpty() ? NONE : "%d of %d clean".formatted(clean, cells.size());
  }
}
