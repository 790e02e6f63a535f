package org.ticketing.experiments.chart;

import java.util.List;

/** Which style is what, in rows from the left. */
record Legend(List<Entry> entries, double width) {

  record Entry(String name, Mark mark) {

    static Entry of(String name, int style) {
      return new Entry(name, (svg, x, y) -> Marker.draw(svg, style, "", x, y));
    }
  }

  /** Draws what is explained. */
  interface Mark {
    void draw(Svg svg, double x, double y);
  }

  private static final double CHARACTER = 6.6;
  private static final double ROW = 19;
  private static final double MARK = 20;
  private static final double GAP = 14;

  private static double width(Entry entry) {
    return MARK + entry.name().length() * CHARACTER + GAP;
  }

  double height() {
    return place(null, 0);
  }

  void draw(Svg svg, double top) {
    place(svg, top);
  }

  private double place(Svg svg, double top) {
    double x = 0;
    double y = top;
    for (Entry entry : entries) {
      if (x > 0 && x + width(entry) - GAP > width) {
        x = 0;
        y += ROW;
      }
      if (svg != null) {
        entry.mark().draw(svg, x + 9, y + 9);
        svg.text(x + MARK, y + 13, "name", entry.name());
      }
      x += width(entry);
    }
    return entries.isEmpty() ? 0 : y - top + ROW;
  }
}
