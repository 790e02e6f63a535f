package org.ticketing.experiments.chart;

import java.util.List;
import org.ticketing.experiments.chart.Legend.Entry;
import org.ticketing.experiments.chart.Plot.Area;

/** One figure against another, each with its range. */
public final class ScatterChart extends Chart {

  private final Axis x;
  private final Axis y;
  private final List<Dot> dots;

  /**
   * @param style of its colour and marker
   */
  public record Dot(String name, int style, Range x, Range y) {}

  public ScatterChart(Caption caption, Axis x, Axis y, List<Dot> dots) {
    super(caption);
    this.x = x;
    this.y = y;
    this.dots = List.copyOf(dots);
  }

  @Override
  public Table table() {
    return new Table(
        List.of("name", x.title(), y.title()),
        dots.stream().map(dot -> List.of(dot.name(), text(x, dot.x()), text(y, dot.y()))).toList());
  }

  private static String text(Axis axis, Range range) {
    return axis.scale() == Scale.SHARE
        ? new Range(100 * range.low(), 100 * range.middle(), 100 * range.high()) + " %"
        : range.toString();
  }

  @Override
  Drawing draw() {
    return Plot.drawing(
        caption().panel(),
        new Legend(
            dots.stream().map(dot -> Entry.of(dot.name(), dot.style())).toList(), Plot.WIDTH),
        x.over(dots.stream().flatMapToDouble(dot -> dot.x().values())),
        y.over(dots.stream().flatMapToDouble(dot -> dot.y().values())),
        this::draw);
  }

  private void draw(Area area) {
    Plot plot = area.plot();
    for (Dot dot : dots) {
      double middleX = plot.atX(dot.x().middle());
      double middleY = plot.atY(dot.y().middle());
      String classes = "range " + Marker.style(dot.style());
      area.svg().line(classes, plot.atX(dot.x().low()), middleY, plot.atX(dot.x().high()), middleY);
      area.svg().line(classes, middleX, plot.atY(dot.y().low()), middleX, plot.atY(dot.y().high()));
    }
    for (Dot dot : dots) {
      Marker.draw(
          area.svg(), dot.style(), "", plot.atX(dot.x().middle()), plot.atY(dot.y().middle()));
    }
  }
}
