package org.ticketing.experiments.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.ticketing.experiments.chart.Caption;
import org.ticketing.experiments.chart.Chart;
import org.ticketing.experiments.chart.Figures;
import org.ticketing.experiments.chart.HeatMap;
import org.ticketing.experiments.chart.HeatMap.Cell;
import org.ticketing.experiments.chart.HeatMap.Key;
import org.ticketing.experiments.chart.HeatMap.Mark;
import org.ticketing.experiments.chart.HeatMap.Row;
import org.ticketing.experiments.chart.HeatMap.Scheme;
import org.ticketing.experiments.chart.Table;
import org.ticketing.experiments.crash.CellResult;
import org.ticketing.experiments.crash.CrashResults;
import org.ticketing.experiments.crash.Fault;

/** The crash matrix: points from above in the order of the protocol, and what fails there. */
final class CrashFigure {

  private static final Scheme SECONDS =
      new Scheme(
          "s to clean",
          List.of(1.0, 3.0, 10.0, 30.0),
          new Key("promise broken", "violated, no promise"));

  private final String id;
  private final String question;
  private final String command;
  private final Map<String, List<CellResult>> ofSystem;

  private CrashFigure(String id, String question, String command, CrashResults results) {
    this.id = id;
    this.question = question;
    this.command = command;
    this.ofSystem =
        results.cells().stream()
            .collect(
                Collectors.groupingBy(
                    cell -> cell.played().system(), LinkedHashMap::new, Collectors.toList()));
  }

  static Optional<Figure> of(CrashResults results) {
    return new CrashFigure(
            "crash",
            "How long until everything is clean again, when something fails at this step?",
            "./ticketing crash",
            results)
        .figure();
  }

  static Optional<Figure> asShipped(CrashResults results) {
    return new CrashFigure(
            "crash-as-shipped",
            "And with libraries and servers as their makers released them?",
            "./ticketing crash --seata stock --atomikos stock",
            results)
        .figure();
  }

  private Optional<Figure> figure() {
    if (ofSystem.isEmpty()) {
      return Optional.empty();
    }
    List<Chart> charts = new ArrayList<>();
    ofSystem.forEach((system, cells) -> charts.add(new Matrix(caption(system), cells).chart()));
    return Optional.of(
        new Figure(
            id,
            finding(),
            "Steps are in the order of the protocol. Seconds count from when what failed works again until every"
                + " customer has an answer and the audit finds nothing broken and nothing in doubt. Where several"
                + " faults share a cell, it shows the slowest; the table has each of them.",
            charts));
  }

  private Caption caption(String system) {
    return new Caption(
        question,
        system,
        "Each cell was played as often as the table says; the slowest is shown.",
        command);
  }

  private String finding() {
    List<String> parts = new ArrayList<>();
    ofSystem.forEach(
        (system, cells) -> {
          long broken = cells.stream().filter(cell -> !cell.found().broken().isEmpty()).count();
          long violations = cells.stream().mapToLong(CrashFigure::violations).sum();
          parts.add(
              broken > 0
                  ? "%s broke its promise in %d of %d cells".formatted(system, broken, cells.size())
                  : violations > 0
                      ? "%s promises nothing and left %d violations in %d cells"
                          .formatted(system, violations, cells.size())
                      : "%s was clean in all %d cells".formatted(system, cells.size()));
        });
    return String.join("; ", parts) + ".";
  }

  private static long violations(CellResult cell) {
    return cell.found().audit().violations();
  }

  /** The cells of one system. */
  private record Matrix(Caption caption, List<CellResult> cells) {

    private static final String SEVERAL = "several killed";
    private static final String LOST = "messages lost";
    private static final String SILENCE = "silence";
    private static final String HANG = "hang";
    private static final String OTHER = "other";

    Chart chart() {
      Map<String, List<CellResult>> byStep =
          cells.stream()
              .collect(Collectors.groupingBy(this::step, LinkedHashMap::new, Collectors.toList()));
      List<String> columns = columns();
      List<Row> rows = new ArrayList<>();
      byStep.forEach(
          (step, here) ->
              rows.add(
                  new Row(
                      step, columns.stream().map(column -> cell(here, column)).collect(toList()))));
      return new HeatMap(caption, SECONDS, columns, rows, table());
    }

    /** Some are null, which the lists of {@link List#of} do not allow. */
    private static <T> Collector<T, ?, List<T>> toList() {
      return Collectors.toCollection(ArrayList::new);
    }

    /** What is killed alone, in the order of the cells, and then all other faults. */
    private List<String> columns() {
      Set<String> found =
          cells.stream().map(Matrix::column).collect(Collectors.toCollection(LinkedHashSet::new));
      List<String> last = List.of(SEVERAL, LOST, SILENCE, HANG, OTHER);
      List<String> columns = new ArrayList<>(found);
      columns.removeAll(last);
      last.stream().filter(found::contains).forEach(columns::add);
      return columns;
    }

    private static String column(CellResult cell) {
      Fault fault = Fault.parse(cell.played().fault());
      return switch (fault.kind()) {
        case KILL -> fault.targets().size() == 1 ? "kill " + fault.targets().get(0) : SEVERAL;
        case LOSE_REQUESTS, LOSE_ANSWERS -> LOST;
        case SILENCE_BETWEEN, SILENCE_FROM, DELAY_BETWEEN, DELAY_FROM, VANISH -> SILENCE;
        case HANG, PAUSE -> HANG;
        default -> OTHER;
      };
    }

    private String step(CellResult cell) {
      Function<CellResult, String> place = one -> one.played().place();
      boolean one =
          cells.stream()
                  .filter(other -> other.played().point().equals(cell.played().point()))
                  .map(place)
                  .distinct()
                  .count()
              == 1;
      return one ? cell.played().point() : cell.played().point() + ", " + cell.played().place();
    }

    private static Cell cell(List<CellResult> here, String column) {
      List<CellResult> cells = here.stream().filter(one -> column(one).equals(column)).toList();
      if (cells.isEmpty()) {
        return null;
      }
      List<Long> times = cells.stream().map(one -> one.found().cleanAfter()).toList();
      Double slowest =
          times.stream().anyMatch(Objects::isNull)
              ? null
              : times.stream().mapToLong(Long::longValue).max().orElseThrow() / 1000.0;
      boolean broken = cells.stream().anyMatch(one -> !one.found().broken().isEmpty());
      boolean violated = cells.stream().anyMatch(one -> violations(one) > 0);
      return new Cell(slowest, broken ? Mark.CROSSED : violated ? Mark.WARNED : Mark.NONE);
    }

    private Table table() {
      return new Table(
          List.of("step", "fault", "in flight", "outage, s", "clean, s", "blocked, s", "verdict"),
          cells.stream().map(this::row).toList());
    }

    private List<String> row(CellResult cell) {
      return List.of(
          step(cell)
              + (cell.played().repetition() == 1
                  ? ""
                  : ", again (%d)".formatted(cell.played().repetition())),
          cell.played().fault(),
          Integer.toString(cell.impact().inFlight()),
          seconds(cell.impact().outage()),
          seconds(cell.found().cleanAfter()),
          cell.impact().inFlight() == 0 ? "-" : seconds(cell.impact().blocked()),
          verdict(cell));
    }

    private static String verdict(CellResult cell) {
      if (!cell.found().broken().isEmpty()) {
        return "broken: " + String.join(", ", cell.found().broken());
      }
      return violations(cell) > 0 ? violations(cell) + " violations" : "kept";
    }

    private static String seconds(Long millis) {
      return millis == null ? "never" : Figures.of(Math.round(millis / 100.0) / 10.0);
    }
  }
}
