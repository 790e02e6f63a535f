package org.ticketing.experiments.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.ticketing.experiments.chart.Axis.Ruler;
import org.ticketing.experiments.chart.Scale.Tick;

/** One figure of each of several things below each other, with its range and its least value. */
public final class DotChart extends Chart {

  private static final double WIDTH = Plot.WIDTH;
  private static final double ROW = 26;
  private static final double PANEL = 20;
  private static final double KEY = 22;
  private static final double BELOW = 40;
  private static final double CHARACTER = 6.6;

  private final Axis x;
  private final String least;
  private final List<Row> rows;

  /**
   * @param least the figure that cannot be gone below; null if there is none
   */
  public record Row(String name, int style, Range found, Double least) {}

  /**
   * @param least what the least value of a row is; null if no row has one
   */
  public DotChart(Caption caption, Axis x, String least, List<Row> rows) {
    super(caption);
    this.x = x;
    this.least = least;
    this.rows = List.copyOf(rows);
  }

  @Override
  public Table table() {
    List<String> headings = new ArrayList<>(List.of("name", x.title()));
    if (least != null) {
      headings.add(least);
    }
    return new Table(headings, rows.stream().map(this::cells).toList());
  }

  private List<String> cells(Row row) {
    List<String> cells = new ArrayList<>(List.of(row.name(), row.found().toString()));
    if (least != null) {
      cells.add(row.least() == null ? "-" : Figures.of(row.least()));
    }
    return cells;
  }

  @Override
  Drawing draw() {
    double top = PANEL + (least == null ? 4 : KEY);
    double left = CHARACTER * longest(rows.stream().map(Row::name).toList()) + 10;
    double right =
        WIDTH - CHARACTER * longest(rows.stream().map(row -> row.found().toString()).toList()) - 10;
    Ruler ruler = x.over(rows.stream().flatMapToDouble(DotChart::figures));
    double bottom = top + rows.size() * ROW;
    return new Drawing(
        WIDTH,
        bottom + BELOW,
        svg -> {
          svg.text(0, 13, "panel", caption().panel());
          if (least != null) {
            svg.line("least", 6, PANEL + 1, 6, PANEL + 15);
            svg.text(16, PANEL + 12, "name", least);
          }
          drawAxis(svg, ruler, left, right, top, bottom);
          for (int number = 0; number < rows.size(); number++) {
            draw(svg, rows.get(number), ruler, left, right, top + (number + 0.5) * ROW);
          }
        });
  }

  private static int longest(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private static DoubleStream figures(Row row) {
    return row.least() == null
        ? row.found().values()
        : DoubleStream.concat(row.found().values(), DoubleStream.of(row.least()));
  }

  private void drawAxis(
      Svg svg, Ruler ruler, double left, double right, double top, double bottom) {
    double free = Double.NEGATIVE_INFINITY;
    for (Tick tick : ruler.ticks()) {
      double place = left + ruler.at(tick.value()) * (right - left);
      double half = tick.label().length() * CHARACTER / 2;
      svg.line("grid", place, top, place, bottom);
      if (place - half > free) {
        svg.text(place, bottom + 15, "tick middle", tick.label());
        free = place + half + 4;
      }
    }
    x.guide()
        .ifPresent(
            at -> {
              double place = left + ruler.at(at) * (right - left);
              svg.line("guide", place, top, place, bottom);
            });
    svg.text(WIDTH / 2, bottom + 34, "axis middle", x.title());
  }

  private static void draw(
      Svg svg, Row row, Ruler ruler, double left, double right, double middle) {
    double scale = right - left;
    svg.text(0, middle + 4, "name", row.name());
    svg.text(WIDTH, middle + 4, "tick end", row.found().toString());
    if (row.least() != null) {
      double at = left + ruler.at(row.least()) * scale;
      svg.line("least", at, middle - 9, at, middle + 9);
    }
    double low = left + ruler.at(row.found().low()) * scale;
    double high = left + ruler.at(row.found().high()) * scale;
    svg.line("range thick " + Marker.style(row.style()), low, middle, high, middle);
    Marker.draw(svg, row.style(), "", left + ruler.at(row.found().middle()) * scale, middle);
  }
}
