package org.ticketing.experiments.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A picture of figures. The same figures give the same bytes.
 *
 * <p>It is drawn for a width of about 400 pixels, so that its text can be read on a phone, and
 * several fit beside each other on a screen. Its colours are classes of {@link #css}, which has
 * them for light and dark.
 */
public abstract sealed class Chart permits LineChart, ScatterChart, DotChart, HeatMap, TimeLine {

  private final Caption caption;

  Chart(Caption caption) {
    this.caption = caption;
  }

  public Caption caption() {
    return caption;
  }

  /** The figures as text, for whoever does not see the chart. */
  public abstract Table table();

  /** Draws everything but the question. */
  abstract Drawing draw();

  /** Whether it is wider than a phone, because it has many columns. */
  public boolean isWide() {
    return draw().width() > Plot.WIDTH;
  }

  /** An element for a page that contains {@link #css}, and the question near the chart. */
  public String svg() {
    return Sheet.of(this, false);
  }

  /** A file that can be shown alone. It brings its colours, and its question. */
  public String file() {
    return Sheet.of(this, true);
  }

  /** The colours and strokes of all charts. */
  public static String css() {
    try (InputStream css = Chart.class.getResourceAsStream("chart.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
