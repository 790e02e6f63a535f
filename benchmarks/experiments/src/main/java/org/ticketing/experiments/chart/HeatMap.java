package org.ticketing.experiments.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Figures in cells, the darker the larger. */
public final class HeatMap extends Chart {

  private static final double PANEL = 22;
  private static final double KEY = 20;
  private static final double ROW = 22;
  private static final double COLUMN = 26;
  private static final double CHARACTER = 6.2;

  /** From here on figures are rounded to whole ones. */
  private static final double LEAST_WHOLE = 9.95;

  private static final double LEAST_WIDTH = Plot.WIDTH;

  private final Scheme scheme;
  private final List<String> columns;
  private final List<Row> rows;
  private final Table table;

  /**
   * @param cells one for each column; null where there is none
   */
  public record Row(String name, List<Cell> cells) {}

  /**
   * @param figure null if there is no end to it
   */
  public record Cell(Double figure, Mark mark) {}

  /** What is said of a cell beside its figure. */
  public enum Mark {
    NONE,
    /** With a thick border and a cross. */
    CROSSED,
    /** With a dashed border and an exclamation mark. */
    WARNED
  }

  /** What the marks mean. */
  public record Key(String crossed, String warned) {}

  /**
   * How figures become colours and marks.
   *
   * @param unit of the figures
   * @param limits between the steps from light to dark: four
   */
  public record Scheme(String unit, List<Double> limits, Key key) {}

  /**
   * @param columns their names
   * @param table the figures as text; it may say more than the cells
   */
  public HeatMap(
      Caption caption, Scheme scheme, List<String> columns, List<Row> rows, Table table) {
    super(caption);
    this.scheme = scheme;
    this.columns = List.copyOf(columns);
    this.rows = List.copyOf(rows);
    this.table = table;
  }

  @Override
  public Table table() {
    return table;
  }

  @Override
  Drawing draw() {
    double left = CHARACTER * longest(rows.stream().map(Row::name).toList()) + 8;
    double header = CHARACTER * longest(columns) + 14;
    double width = Math.max(LEAST_WIDTH, left + columns.size() * COLUMN + 2);
    double top = PANEL + 2 * KEY + header;
    return new Drawing(
        width,
        top + rows.size() * ROW + 4,
        svg -> {
          svg.text(0, 13, "panel", caption().panel());
          drawKey(svg);
          for (int column = 0; column < columns.size(); column++) {
            double x = left + (column + 0.5) * COLUMN + 4;
            svg.write(
                "text",
                columns.get(column),
                "class",
                "tick",
                "transform",
                "translate(%s %s) rotate(-90)".formatted(Svg.number(x), Svg.number(top - 6)));
          }
          for (int row = 0; row < rows.size(); row++) {
            draw(svg, rows.get(row), left, top + row * ROW);
          }
        });
  }

  private static int longest(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private void drawKey(Svg svg) {
    double x = 0;
    List<String> names = names();
    for (int step = 0; step < names.size(); step++) {
      svg.empty("rect", "class", "cell h" + step, "x", x, "y", PANEL, "width", 16, "height", 14);
      svg.text(x + 20, PANEL + 11, "tick", names.get(step));
      x += 20 + names.get(step).length() * CHARACTER + 12;
    }
    drawCell(svg, new Cell(0.0, Mark.CROSSED), "✗", 1, PANEL + KEY, 20, 15);
    svg.text(26, PANEL + KEY + 12, "tick", scheme.key().crossed());
    double second = 26 + scheme.key().crossed().length() * CHARACTER + 14;
    drawCell(svg, new Cell(0.0, Mark.WARNED), "!", second, PANEL + KEY, 20, 15);
    svg.text(second + 25, PANEL + KEY + 12, "tick", scheme.key().warned());
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    names.add("< " + Figures.of(scheme.limits().get(0)));
    IntStream.range(1, scheme.limits().size())
        .forEach(
            step ->
                names.add(
                    Figures.of(scheme.limits().get(step - 1))
                        + "-"
                        + Figures.of(scheme.limits().get(step))));
    names.add(
        "> %s %s"
            .formatted(Figures.of(scheme.limits().get(scheme.limits().size() - 1)), scheme.unit()));
    return names;
  }

  private void draw(Svg svg, Row row, double left, double top) {
    svg.text(0, top + 15, "tick", row.name());
    for (int column = 0; column < columns.size(); column++) {
      Cell cell = row.cells().get(column);
      double x = left + column * COLUMN;
      if (cell == null) {
        svg.empty("circle", "class", "nothing", "cx", x + 13, "cy", top + 11, "r", 1);
      } else {
        drawCell(svg, cell, text(cell), x + 1, top + 1, COLUMN - 2, ROW - 2);
      }
    }
  }

  /** With a sign, there is no room for a decimal. */
  private static String text(Cell cell) {
    if (cell.figure() == null) {
      return sign(cell) + "∞";
    }
    return sign(cell).isEmpty() && cell.figure() < LEAST_WHOLE
        ? String.format(Locale.ROOT, "%.1f", cell.figure())
        : sign(cell) + Math.round(cell.figure());
  }

  private static String sign(Cell cell) {
    return switch (cell.mark()) {
      case CROSSED -> "✗";
      case WARNED -> "!";
      case NONE -> "";
    };
  }

  private void drawCell(
      Svg svg, Cell cell, String text, double x, double y, double width, double height) {
    String step = "h" + step(cell);
    svg.empty(
        "rect",
        "class",
        "cell " + step + mark(cell),
        "x",
        x,
        "y",
        y,
        "width",
        width,
        "height",
        height);
    svg.text(x + width / 2, y + height / 2 + 4, "in " + step, text);
  }

  private static String mark(Cell cell) {
    return switch (cell.mark()) {
      case CROSSED -> " crossed";
      case WARNED -> " warned";
      case NONE -> "";
    };
  }

  private int step(Cell cell) {
    return cell.figure() == null
        ? scheme.limits().size()
        : (int) scheme.limits().stream().filter(limit -> cell.figure() >= limit).count();
  }
}
