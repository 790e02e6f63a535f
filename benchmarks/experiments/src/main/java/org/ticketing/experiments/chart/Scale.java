package org.ticketing.experiments.chart;

import java.util.ArrayList;
import java.util.List;

/** How figures are spread along an axis. */
public enum Scale {
  /** Equal distances for equal differences, from 0 on. */
  LINEAR,
  /** Equal distances for equal ratios. Figures must be more than 0. */
  LOG,
  /**
   * For percentiles, as shares from 0 up to less than 1: equal distances for each tenth part that
   * is left above, as log 1/(1-p).
   */
  PERCENTILE,
  /** As {@link #LINEAR}, for shares, written as percent. */
  SHARE,
  /** Equal distances for equal differences, from exactly the lowest to exactly the highest. */
  SPAN;

  private static final int MOST_TICKS = 6;
  private static final double ROUNDING = 1e-9;

  /** A place on an axis that is labelled. */
  record Tick(double value, String label) {}

  /** Where a figure lies, in units that only this scale knows. */
  double place(double figure) {
    return switch (this) {
      case LINEAR, SHARE, SPAN -> figure;
      case LOG -> Math.log10(figure);
      case PERCENTILE -> -Math.log10(1 - figure);
    };
  }

  /** The ticks that the figures lie between, the outermost included. */
  List<Tick> ticks(double low, double high) {
    return switch (this) {
      case LINEAR -> linear(high, 1, "");
      case SHARE -> linear(high, 100, " %");
      case SPAN -> span(low, high);
      case LOG -> log(low, high);
      case PERCENTILE -> percentiles(high);
    };
  }

  private static List<Tick> linear(double high, int factor, String unit) {
    double end = high <= 0 ? 1 : high;
    double step = step(end);
    List<Tick> ticks = new ArrayList<>();
    for (int number = 0; number <= Math.ceil(end / step - ROUNDING); number++) {
      double value = number * step;
      ticks.add(new Tick(value, Figures.of(factor * value) + unit));
    }
    return ticks;
  }

  private static List<Tick> span(double low, double high) {
    double end = high <= low ? low + 1 : high;
    double step = step(end - low);
    List<Tick> ticks = new ArrayList<>();
    ticks.add(new Tick(low, ""));
    for (double number = Math.ceil(low / step); number * step <= end; number++) {
      ticks.add(new Tick(number * step, Figures.of(number * step)));
    }
    ticks.add(new Tick(end, ""));
    return ticks;
  }

  /** 1, 2, or 5 times a power of ten. */
  private static double step(double high) {
    double power = Math.pow(10, Math.floor(Math.log10(high)) - 1);
    for (int factor : new int[] {1, 2, 5, 10, 20}) {
      if (high / (factor * power) <= MOST_TICKS - 1) {
        return factor * power;
      }
    }
    return 50 * power;
  }

  /** 1, 2, and 5 times the powers of ten, or these alone where there are many. */
  private static List<Tick> log(double low, double high) {
    List<Tick> all = new ArrayList<>();
    int first = (int) Math.floor(Math.log10(low));
    int last = (int) Math.ceil(Math.log10(high));
    for (int power = first; power <= last; power++) {
      for (int factor : new int[] {1, 2, 5}) {
        double value = factor * Math.pow(10, power);
        all.add(new Tick(value, Figures.of(value)));
      }
    }
    int from = 0;
    while (from + 1 < all.size() && all.get(from + 1).value() <= low) {
      from++;
    }
    int to = all.size() - 1;
    while (to > from + 1 && all.get(to - 1).value() >= high) {
      to--;
    }
    List<Tick> ticks = all.subList(from, to + 1);
    if (ticks.size() <= MOST_TICKS + 1) {
      return ticks;
    }
    List<Tick> fewer = new ArrayList<>();
    for (Tick tick : ticks) {
      boolean power = Math.abs(Math.log10(tick.value()) % 1) < ROUNDING;
      boolean outermost = tick == ticks.get(0) || tick == ticks.get(ticks.size() - 1);
      if (power || outermost) {
        fewer.add(power ? tick : new Tick(tick.value(), ""));
      }
    }
    return fewer;
  }

  private static List<Tick> percentiles(double high) {
    List<Tick> ticks = new ArrayList<>();
    ticks.add(new Tick(0, ""));
    ticks.add(new Tick(0.5, "50 %"));
    double left = 0.1;
    do {
      ticks.add(new Tick(1 - left, Figures.percent(1 - left)));
      left /= 10;
    } while (1 - left * 10 < high - ROUNDING);
    return ticks;
  }
}
