package org.ticketing.experiments.chart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ticketing.experiments.chart.Legend.Entry;
import org.ticketing.experiments.chart.Plot.Area;

/** Lines of figures over another figure, with their ranges. */
public final class LineChart extends Chart {

  /** From this number of points on, ranges are an area beside the line. */
  private static final int MANY = 24;

  private static final double CAP = 2.5;

  private final Axis x;
  private final Axis y;
  private final List<Line> lines;
  private final List<Note> notes;

  /**
   * @param style of its colour and marker; the same for the same thing in all charts
   */
  public record Line(String name, int style, List<Point> points) {}

  public record Point(double x, Range y, Mark mark) {}

  /** How a point is drawn. */
  public enum Mark {
    /** With the marker of its line. */
    PLAIN,
    /** With a ring around it. */
    RINGED,
    /** With an empty marker. */
    HOLLOW,
    /** With nothing but the line. */
    NONE
  }

  /** What a mark means, for the legend and, in a few words, for the table. */
  public record Note(Mark mark, String meaning, String word) {}

  public LineChart(Caption caption, Axis x, Axis y, List<Line> lines, List<Note> notes) {
    super(caption);
    this.x = x;
    this.y = y;
    this.lines = List.copyOf(lines);
    this.notes = List.copyOf(notes);
  }

  @Override
  public Table table() {
    List<String> headings = new ArrayList<>(List.of(x.title()));
    lines.forEach(line -> headings.add("%s, %s".formatted(line.name(), y.title())));
    List<List<String>> rows =
        points()
            .filter(point -> point.mark() != Mark.NONE)
            .map(Point::x)
            .distinct()
            .sorted()
            .map(this::row)
            .toList();
    return new Table(headings, rows);
  }

  private List<String> row(double at) {
    List<String> row = new ArrayList<>();
    row.add(
        switch (x.scale()) {
          case PERCENTILE, SHARE -> Figures.percent(at);
          default -> Figures.of(at);
        });
    for (Line line : lines) {
      row.add(
          line.points().stream()
              .filter(point -> point.x() == at)
              .findFirst()
              .map(this::cell)
              .orElse("-"));
    }
    return row;
  }

  private String cell(Point point) {
    return notes.stream()
        .filter(note -> note.mark() == point.mark())
        .findFirst()
        .map(note -> point.y() + ", " + note.word())
        .orElseGet(point.y()::toString);
  }

  @Override
  Drawing draw() {
    return Plot.drawing(
        caption().panel(),
        new Legend(legend(), Plot.WIDTH),
        x.over(points().mapToDouble(Point::x)),
        y.over(points().flatMapToDouble(point -> point.y().values())),
        this::draw);
  }

  private Stream<Point> points() {
    return lines.stream().flatMap(line -> line.points().stream());
  }

  private List<Entry> legend() {
    List<Entry> entries = new ArrayList<>();
    lines.forEach(line -> entries.add(Entry.of(line.name(), line.style())));
    for (Note note : notes) {
      if (points().anyMatch(point -> point.mark() == note.mark())) {
        entries.add(
            new Entry(note.meaning(), (svg, x, y) -> draw(svg, 0, note.mark(), "any", x, y)));
      }
    }
    return entries;
  }

  private void draw(Area area) {
    for (int number = 0; number < lines.size(); number++) {
      Line line = lines.get(number);
      if (line.points().size() >= MANY) {
        drawBand(area, line);
      } else {
        drawWhiskers(area, line, offset(number));
      }
    }
    for (int number = 0; number < lines.size(); number++) {
      Line line = lines.get(number);
      double offset = line.points().size() >= MANY ? 0 : offset(number);
      area.svg()
          .empty(
              "polyline",
              "class",
              "line " + Marker.style(line.style()),
              "points",
              path(area, line.points().stream(), offset));
      for (Point point : line.points()) {
        draw(
            area.svg(),
            line.style(),
            point.mark(),
            "",
            area.plot().atX(point.x()) + offset,
            area.plot().atY(point.y().middle()));
      }
    }
  }

  /** Lines are a little beside each other, so that the ranges at one place can be told apart. */
  private double offset(int number) {
    return 2.5 * (number - (lines.size() - 1) / 2.0);
  }

  private static void draw(Svg svg, int style, Mark mark, String classes, double x, double y) {
    switch (mark) {
      case PLAIN -> Marker.draw(svg, style, classes, x, y);
      case RINGED -> Marker.drawRinged(svg, style, classes, x, y);
      case HOLLOW -> Marker.draw(svg, style, (classes + " hollow").strip(), x, y);
      case NONE -> {}
    }
  }

  private static void drawBand(Area area, Line line) {
    List<Point> back = new ArrayList<>(line.points());
    Collections.reverse(back);
    Plot plot = area.plot();
    List<String> corners = new ArrayList<>();
    line.points()
        .forEach(point -> corners.add(corner(plot.atX(point.x()), plot.atY(point.y().high()))));
    back.forEach(point -> corners.add(corner(plot.atX(point.x()), plot.atY(point.y().low()))));
    area.svg()
        .empty(
            "polygon",
            "class",
            "band " + Marker.style(line.style()),
            "points",
            String.join(" ", corners));
  }

  private static void drawWhiskers(Area area, Line line, double offset) {
    for (Point point : line.points()) {
      double at = area.plot().atX(point.x()) + offset;
      double low = area.plot().atY(point.y().low());
      double high = area.plot().atY(point.y().high());
      String classes = "range " + Marker.style(line.style());
      area.svg().line(classes, at, low, at, high);
      area.svg().line(classes, at - CAP, low, at + CAP, low);
      area.svg().line(classes, at - CAP, high, at + CAP, high);
    }
  }

  private static String path(Area area, Stream<Point> points, double offset) {
    return points
        .map(
            point ->
                corner(area.plot().atX(point.x()) + offset, area.plot().atY(point.y().middle())))
        .collect(Collectors.joining(" "));
  }

  private static String corner(double x, double y) {
    return Svg.number(x) + "," + Svg.number(y);
  }
}
