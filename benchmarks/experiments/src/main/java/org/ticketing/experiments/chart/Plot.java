package org.ticketing.experiments.chart;

import java.util.function.Consumer;
import org.ticketing.experiments.chart.Axis.Ruler;
import org.ticketing.experiments.chart.Scale.Tick;

/**
 * The area between two axes, with the name of the panel and a legend above it.
 *
 * @param left of the area, as are the other two
 */
record Plot(Ruler x, Ruler y, double left, double right, double top) {

  static final double WIDTH = 384;

  private static final double HEIGHT = 210;
  private static final double PANEL = 20;
  private static final double Y_TITLE = 24;
  private static final double BELOW = 40;
  private static final double LEAST_RIGHT = 12;
  private static final double CHARACTER = 6.4;

  /** A chart with what {@code content} draws in its area. */
  static Drawing drawing(String panel, Legend legend, Ruler x, Ruler y, Consumer<Area> content) {
    double top = PANEL + legend.height() + Y_TITLE;
    int longest = y.ticks().stream().mapToInt(tick -> tick.label().length()).max().orElse(0);
    String last = x.ticks().get(x.ticks().size() - 1).label();
    double right = WIDTH - Math.max(LEAST_RIGHT, last.length() * CHARACTER / 2 + 2);
    Plot plot = new Plot(x, y, longest * CHARACTER + 8, right, top);
    return new Drawing(
        WIDTH,
        top + HEIGHT + BELOW,
        svg -> {
          svg.text(0, 13, "panel", panel);
          legend.draw(svg, PANEL);
          plot.drawAxes(svg);
          content.accept(new Area(svg, plot));
        });
  }

  /** Where the content is drawn. */
  record Area(Svg svg, Plot plot) {}

  double atX(double figure) {
    return left + x.at(figure) * (right - left);
  }

  double atY(double figure) {
    return top + (1 - y.at(figure)) * HEIGHT;
  }

  private void drawAxes(Svg svg) {
    svg.text(0, top - 10, "axis", y.axis().title());
    double bottom = top + HEIGHT;
    for (Tick tick : y.ticks()) {
      svg.line("grid", left, atY(tick.value()), right, atY(tick.value()));
      svg.text(left - 6, atY(tick.value()) + 4, "tick end", tick.label());
    }
    double free = Double.NEGATIVE_INFINITY;
    for (Tick tick : x.ticks()) {
      double place = atX(tick.value());
      double half = tick.label().length() * CHARACTER / 2;
      svg.line("grid", place, bottom, place, bottom + 4);
      if (place - half > free) {
        svg.text(place, bottom + 17, "tick middle", tick.label());
        free = place + half + 4;
      }
    }
    svg.text((left + right) / 2, bottom + 35, "axis middle", x.axis().title());
    y.axis().guide().ifPresent(at -> svg.line("guide", left, atY(at), right, atY(at)));
    x.axis().guide().ifPresent(at -> svg.line("guide", atX(at), top, atX(at), bottom));
  }
}
