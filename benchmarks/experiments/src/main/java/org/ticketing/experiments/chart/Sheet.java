package org.ticketing.experiments.chart;

import java.util.ArrayList;
import java.util.List;

/** What a chart is drawn on: its size, what it is called, and the question if it stands alone. */
final class Sheet {

  private static final double MARGIN = 8;
  private static final double LINE = 19;
  private static final double TITLE_CHARACTER = 8.8;

  private Sheet() {}

  static String of(Chart chart, boolean alone) {
    Caption caption = chart.caption();
    Drawing drawing = chart.draw();
    double width = drawing.width() + 2 * MARGIN;
    List<String> title = alone ? lines(caption.question(), width - 2 * MARGIN) : List.of();
    double above = MARGIN + title.size() * LINE;
    double height = above + drawing.height() + MARGIN;
    Svg svg = new Svg();
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        "chart",
        "viewBox",
        "0 0 %s %s".formatted(Svg.number(width), Svg.number(height)),
        "role",
        "img",
        "aria-label",
        caption.question() + " " + caption.panel());
    if (alone) {
      svg.write("title", caption.question() + " " + caption.panel());
      svg.write("desc", "%s Measured by: %s".formatted(caption.range(), caption.command()));
      svg.write("style", Chart.css());
      svg.empty("rect", "class", "surface", "width", width, "height", height);
    }
    double baseline = MARGIN + LINE - 5;
    for (String line : title) {
      svg.text(MARGIN, baseline, "title", line);
      baseline += LINE;
    }
    svg.open("g", "transform", "translate(%s %s)".formatted(Svg.number(MARGIN), Svg.number(above)));
    drawing.content().accept(svg);
    svg.close();
    svg.close();
    return svg.toString();
  }

  private static List<String> lines(String text, double width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && (line.length() + 1 + word.length()) * TITLE_CHARACTER > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
