package org.ticketing.experiments.chart;

/** A small shape, so that what is drawn is not told apart by its colour alone. */
final class Marker {

  private static final String[] SHAPES = {
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "M-3.6-3.6h7.2v7.2h-7.2z",
    "M0-4.8L4.6 3.6H-4.6z",
    "M0-5.2L5.2 0L0 5.2L-5.2 0z",
    "M0 4.8L4.6-3.6H-4.6z",
    "M-1.6-4.6h3.2v3h3v3.2h-3v3h-3.2v-3h-3v-3.2h3z",
    "M-4.6-3.4l1.2-1.2L0-1.2l3.4-3.4l1.2 1.2L1.2 0l3.4 3.4l-1.2 1.2L0 1.2l-3.4 3.4l-1.2-1.2L-1.2 0z",
    "M-5-2.6h10v5.2h-10z"
  };

  private static final double RING = 8;

  private Marker() {}

  /** The class of a style. There are eight; they come again after that. */
  static String style(int style) {
    return "s" + style % SHAPES.length;
  }

  /** With a ring around it. */
  static void drawRinged(Svg svg, int style, String classes, double x, double y) {
    draw(svg, style, classes, x, y);
    svg.empty(
        "circle", "class", "ring " + style(style) + " " + classes, "cx", x, "cy", y, "r", RING);
  }

  static void draw(Svg svg, int style, String classes, double x, double y) {
    svg.empty(
        "path",
        "class",
        "marker " + style(style) + (classes.isEmpty() ? "" : " " + classes),
        "transform",
        "translate(%s %s)".formatted(Svg.number(x), Svg.number(y)),
        "d",
        SHAPES[style % SHAPES.length]);
  }
}
