package org.ticketing.experiments.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ticketing.experiments.chart.HeatMap.Cell;
import org.ticketing.experiments.chart.HeatMap.Key;
import org.ticketing.experiments.chart.HeatMap.Row;
import org.ticketing.experiments.chart.HeatMap.Scheme;
import org.ticketing.experiments.chart.LineChart.Line;
import org.ticketing.experiments.chart.LineChart.Mark;
import org.ticketing.experiments.chart.LineChart.Note;
import org.ticketing.experiments.chart.LineChart.Point;
import org.ticketing.experiments.chart.Scale.Tick;

class ChartTest {

  private static final Caption CAPTION =
      new Caption("How fast is \"<it>\"?", "p99 & more", "Of 3.", "./ticketing compare");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LINEAR     | 3     | 140    | 0, 50, 100, 150
          LINEAR     | 0     | 0      | 0, 0.2, 0.4, 0.6, 0.8, 1
          LOG        | 12    | 430    | 10, 20, 50, 100, 200, 500
          LOG        | 8     | 8      | 5, 10
          LOG        | 0.3   | 9000   | ', 1, 10, 100, 1000, 10000'
          PERCENTILE | 0     | 0.999  | ', 50 %, 90 %, 99 %, 99.9 %'
          SHARE      | 0     | 0.2    | 0 %, 5 %, 10 %, 15 %, 20 %
          SPAN       | -0.18 | 10.7   | ', 0, 5, 10, '
          """)
  void anAxisHasRoundFiguresAroundAllThatIsDrawn(
      Scale scale, double low, double high, String labels) {
    List<Tick> ticks = scale.ticks(low, high);

    assertThat(ticks).extracting(Tick::label).containsExactly(labels.split(", ", -1));
    assertThat(ticks.get(0).value()).isLessThanOrEqualTo(low);
    assertThat(ticks.get(ticks.size() - 1).value()).isGreaterThanOrEqualTo(high);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.012345, 0.0123",
    "1.5, 1.5",
    "12.345, 12.3",
    "99.96, 100",
    "1234.5, 1235",
    "0.00001, 0.00001",
    "-2, -2",
    "1000000, 1000000"
  })
  void figuresHaveThreeDigits(double figure, String text) {
    assertThat(Figures.of(figure)).isEqualTo(text);
  }

  @Test
  void aRangeIsItsMedianWithTheLowestAndTheHighest() {
    assertThat(Range.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Range(1, 2, 3));
    assertThat(Range.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Range(1, 2.5, 4));
    assertThat(new Range(1, 2.5, 4)).hasToString("2.5 (1-4)");
    assertThat(Range.of(2)).hasToString("2");
  }

  @Test
  void textIsEscaped() {
    assertThat(lines(Mark.PLAIN).file())
        .contains("How fast is \"&lt;it&gt;\"?", "p99 &amp; more", "a &lt; b")
        .doesNotContain("<it>", "a < b");
  }

  @Test
  void theQuestionIsDrawnOnlyWhereAChartIsShownAlone() {
    Chart chart = lines(Mark.PLAIN);

    assertThat(chart.file()).contains("class=\"title\"", "<style>", "<desc>Of 3. Measured by:");
    assertThat(chart.svg()).doesNotContain("class=\"title\"", "<style>");
  }

  @Test
  void aLineHasAMarkerAndARangeAtEveryPoint() {
    String svg = lines(Mark.PLAIN).svg();

    assertThat(svg.split("class=\"marker s2\"")).hasSize(1 + 1 + 2);
    assertThat(svg.split("class=\"range s2\"")).hasSize(1 + 2 * 3);
  }

  @Test
  void whatAMarkMeansIsInTheLegendAndInTheTable() {
    Chart chart = lines(Mark.HOLLOW);

    assertThat(chart.svg()).contains("hollow: too slow");
    assertThat(chart.table().headings()).containsExactly("rate", "a < b, ms");
    assertThat(chart.table().rows())
        .containsExactly(List.of("10", "2 (1-3)"), List.of("20", "40 (20-80), slow"));
    assertThat(lines(Mark.PLAIN).svg()).doesNotContain("hollow");
  }

  @Test
  void aCellIsTheDarkerTheLargerAndMarkedBySigns() {
    String svg = heatMap().svg();

    assertThat(svg)
        .contains("class=\"cell h0\"", "class=\"cell h4 crossed\"", "class=\"cell h2 warned\"")
        .contains(">✗∞<", ">!3<", ">0.4<");
  }

  @Test
  void theLeastIsDrawnBesideWhatWasFound() {
    DotChart chart =
        new DotChart(
            CAPTION,
            Axis.of("writes", Scale.LINEAR),
            "least",
            List.of(
                new DotChart.Row("one", 0, Range.of(7), 5.0),
                new DotChart.Row("other", 1, Range.of(3), null)));

    assertThat(chart.svg().split("class=\"least\"")).hasSize(1 + 2);
    assertThat(chart.table().rows())
        .containsExactly(List.of("one", "7", "5"), List.of("other", "3", "-"));
  }

  private static LineChart lines(Mark second) {
    return new LineChart(
        CAPTION,
        Axis.of("rate", Scale.LINEAR),
        Axis.of("ms", Scale.LOG),
        List.of(
            new Line(
                "a < b",
                2,
                List.of(
                    new Point(10, new Range(1, 2, 3), Mark.PLAIN),
                    new Point(20, new Range(20, 40, 80), second)))),
        List.of(new Note(Mark.HOLLOW, "hollow: too slow", "slow")));
  }

  private static HeatMap heatMap() {
    return new HeatMap(
        CAPTION,
        new Scheme("s", List.of(1.0, 3.0, 10.0, 30.0), new Key("broken", "violated")),
        List.of("kill", "lose", "hang", "other"),
        List.of(
            new Row(
                "step",
                Arrays.asList(
                    new Cell(0.4, HeatMap.Mark.NONE),
                    new Cell(null, HeatMap.Mark.CROSSED),
                    new Cell(3.0, HeatMap.Mark.WARNED),
                    null))),
        new Table(List.of("step", "kill"), List.of(List.of("step", "0.4"))));
  }
}
