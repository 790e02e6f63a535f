package org.ticketing.experiments.chart;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.ticketing.experiments.chart.Axis.Ruler;
import org.ticketing.experiments.chart.Legend.Entry;
import org.ticketing.experiments.chart.Scale.Tick;

/** What happened when, in lanes below each other. Time begins at the first moment. */
public final class TimeLine extends Chart {

  private static final double WIDTH = Plot.WIDTH;
  private static final double PANEL = 20;
  private static final double ROW = 15;
  private static final double MOMENT = 15;
  private static final double BELOW = 40;
  private static final double RIGHT = 14;
  private static final double CHARACTER = 6.4;
  private static final double NEAR = 8;

  private final String unit;
  private final List<Moment> moments;
  private final List<Lane> lanes;
  private final List<Entry> looks;

  /** Something that happened at one time, which all lanes notice. */
  public record Moment(String name, double at) {}

  public record Lane(String name, List<Span> spans) {}

  /**
   * Something that lasted from one time to another.
   *
   * @param end how it ended
   * @param detail of its end; empty if there is none
   */
  public record Span(double from, double to, End end, String detail) {}

  /**
   * A way to end.
   *
   * @param style of its colour and marker
   */
  public record End(String name, int style) {}

  public TimeLine(Caption caption, String unit, List<Moment> moments, List<Lane> lanes) {
    super(caption);
    this.unit = unit;
    this.moments = List.copyOf(moments);
    this.lanes = List.copyOf(lanes);
    this.looks =
        spans()
            .map(Span::end)
            .distinct()
            .sorted((one, other) -> Integer.compare(one.style(), other.style()))
            .map(end -> Entry.of(end.name(), end.style()))
            .toList();
  }

  private Stream<Span> spans() {
    return lanes.stream().flatMap(lane -> lane.spans().stream());
  }

  @Override
  public Table table() {
    Stream<List<String>> named =
        moments.stream().map(moment -> List.of(moment.name(), Figures.of(moment.at()), "", ""));
    Stream<List<String>> inLanes =
        lanes.stream()
            .flatMap(
                lane ->
                    lane.spans().stream()
                        .map(
                            span ->
                                List.of(
                                    lane.name(),
                                    Figures.of(span.from()),
                                    Figures.of(span.to()),
                                    span.detail().isEmpty()
                                        ? span.end().name()
                                        : "%s (%s)".formatted(span.end().name(), span.detail()))));
    return new Table(
        List.of("who", "from, " + unit, "to, " + unit, "end"),
        Stream.concat(named, inLanes).toList());
  }

  @Override
  Drawing draw() {
    Legend legend = new Legend(looks, WIDTH);
    double left =
        CHARACTER * lanes.stream().mapToInt(lane -> lane.name().length()).max().orElse(0) + 8;
    double times = PANEL + legend.height() + 4;
    double top = times + moments.size() * MOMENT + 4;
    double bottom = top + lanes.size() * ROW;
    Ruler ruler =
        Axis.of(unit, Scale.SPAN)
            .over(
                DoubleStream.concat(
                    moments.stream().mapToDouble(Moment::at),
                    spans().flatMapToDouble(span -> DoubleStream.of(span.from(), span.to()))));
    return new Drawing(
        WIDTH,
        bottom + BELOW,
        svg -> {
          svg.text(0, 13, "panel", caption().panel());
          legend.draw(svg, PANEL);
          for (Tick tick : ruler.ticks()) {
            double x = at(ruler, left, tick.value());
            svg.line("grid", x, top, x, bottom);
            svg.text(x, bottom + 15, "tick middle", tick.label());
          }
          svg.text((left + WIDTH - RIGHT) / 2, bottom + 34, "axis middle", unit);
          for (int number = 0; number < moments.size(); number++) {
            Moment moment = moments.get(number);
            drawMoment(svg, moment, at(ruler, left, moment.at()), times + number * MOMENT, bottom);
          }
          for (int number = 0; number < lanes.size(); number++) {
            draw(svg, lanes.get(number), ruler, left, top + number * ROW);
          }
        });
  }

  private static double at(Ruler ruler, double left, double time) {
    return left + ruler.at(time) * (WIDTH - RIGHT - left);
  }

  private static void drawMoment(Svg svg, Moment moment, double x, double top, double bottom) {
    boolean isRight = x + moment.name().length() * CHARACTER + 4 > WIDTH;
    svg.line("moment", x, top + 2, x, bottom);
    svg.text(x + (isRight ? -4 : 4), top + 11, isRight ? "name end" : "name", moment.name());
  }

  private static void draw(Svg svg, Lane lane, Ruler ruler, double left, double top) {
    double middle = top + ROW / 2;
    svg.text(0, middle + 4, "tick", lane.name());
    for (Span span : lane.spans()) {
      svg.line(
          "span " + Marker.style(span.end().style()),
          at(ruler, left, span.from()),
          middle,
          at(ruler, left, span.to()),
          middle);
    }
    double last = Double.NEGATIVE_INFINITY;
    End same = null;
    for (Span span : lane.spans()) {
      double end = at(ruler, left, span.to());
      if (!span.end().equals(same) || end - last > NEAR) {
        Marker.draw(svg, span.end().style(), "small", end, middle);
        last = end;
        same = span.end();
      }
    }
  }
}
