package org.ticketing.experiments.chart;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.ticketing.experiments.chart.Scale.Tick;

/**
 * What is drawn along a side of a chart.
 *
 * @param title with the unit
 * @param guide a figure that the others are compared with, at which a line is drawn
 */
public record Axis(String title, Scale scale, OptionalDouble guide) {

  public static Axis of(String title, Scale scale) {
    return new Axis(title, scale, OptionalDouble.empty());
  }

  public Axis withGuide(double figure) {
    return new Axis(title, scale, OptionalDouble.of(figure));
  }

  /** This axis with ticks for all these figures. */
  Ruler over(DoubleStream figures) {
    double[] all =
        DoubleStream.concat(figures, guide.stream())
            .filter(figure -> scale != Scale.LOG || figure > 0)
            .sorted()
            .toArray();
    double low = all.length == 0 ? 1 : all[0];
    double high = all.length == 0 ? 1 : all[all.length - 1];
    return new Ruler(this, scale.ticks(low, high));
  }

  /**
   * The figures of an axis as shares of its length.
   *
   * @param ticks at least two, the outermost of which are the ends of the axis
   */
  record Ruler(Axis axis, List<Tick> ticks) {

    /** 0 at the first tick and 1 at the last. On a logarithmic axis, 0 is at the first, too. */
    double at(double figure) {
      if (axis.scale() == Scale.LOG && figure <= 0) {
        return 0;
      }
      Scale scale = axis.scale();
      double first = scale.place(ticks.get(0).value());
      double last = scale.place(ticks.get(ticks.size() - 1).value());
      return (scale.place(figure) - first) / (last - first);
    }
  }
}
