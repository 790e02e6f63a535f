package org.ticketing.experiments.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contrasts as WCAG 2.2 defines them: 4.5 for text (1.4.3), 3 for what is drawn (1.4.11). */
class ChartColoursTest {

  private static final double OF_TEXT = 4.5;
  private static final double OF_SHAPES = 3;
  private static final Pattern COLOUR = Pattern.compile("--(\\w+): #(\\p{XDigit}{6});");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void canBeToldFromTheBackground(boolean dark) {
    Map<String, Integer> colours = colours(dark);
    int surface = colours.get("surface");

    for (String text : new String[] {"text", "quiet", "alarm", "s2"}) {
      assertThat(contrast(colours.get(text), surface)).as(text).isGreaterThan(OF_TEXT);
    }
    IntStream.range(0, 8)
        .forEach(
            style ->
                assertThat(contrast(colours.get("s" + style), surface))
                    .as("style " + style)
                    .isGreaterThan(OF_SHAPES));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void textInCellsCanBeRead(boolean dark) {
    Map<String, Integer> colours = colours(dark);
    for (int step = 0; step < 5; step++) {
      assertThat(contrast(colours.get("i" + step), colours.get("h" + step)))
          .as("step " + step)
          .isGreaterThan(OF_TEXT);
    }
  }

  @Test
  void bothSchemesHaveTheSameColours() {
    assertThat(colours(true)).containsOnlyKeys(colours(false).keySet());
  }

  private static Map<String, Integer> colours(boolean dark) {
    String[] schemes = Chart.css().split("@media");
    Map<String, Integer> colours = new HashMap<>();
    COLOUR
        .matcher(schemes[dark ? 1 : 0])
        .results()
        .forEach(one -> colours.put(one.group(1), Integer.parseInt(one.group(2), 16)));
    return colours;
  }

  private static double contrast(int one, int other) {
    double lighter = Math.max(luminance(one), luminance(other));
    double darker = Math.min(luminance(one), luminance(other));
    return (lighter + 0.05) / (darker + 0.05);
  }

  private static double luminance(int colour) {
    return 0.2126 * linear(colour >> 16 & 0xff)
        + 0.7152 * linear(colour >> 8 & 0xff)
        + 0.0722 * linear(colour & 0xff);
  }

  private static double linear(int channel) {
    double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
