package org.ticketing.experiments.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.compare.Sweep.SystemStep;
import org.ticketing.experiments.crash.CellResult;
import org.ticketing.experiments.publication.Evidence;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportPageTest {

  private static final String SVG = "http://www.w3.org/2000/svg";

  private final String page = ReportPage.of(SampleEvidence.everything(), SampleEvidence.report());

  static Stream<Evidence> evidence() {
    return Stream.of(
        SampleEvidence.everything(),
        SampleEvidence.roundsAlone(),
        SampleEvidence.quick(),
        SampleEvidence.nothing());
  }

  @ParameterizedTest
  @MethodSource("evidence")
  void needsNothingFromElsewhere(Evidence evidence) {
    assertThat(ReportPage.of(evidence).replace("\"" + SVG + "\"", "\"\""))
        .doesNotContain("http:", "https:", "src=", "<script", "@import", "url(");
  }

  @ParameterizedTest
  @MethodSource("evidence")
  void isTheSameForTheSameEvidence(Evidence evidence) {
    assertThat(ReportPage.of(evidence)).isEqualTo(ReportPage.of(evidence));
    assertThat(Charts.of(evidence)).isEqualTo(Charts.of(evidence));
  }

  @Test
  void chartsAreWellFormedFilesWithColoursForLightAndDark() {
    Map<String, String> charts = Charts.of(SampleEvidence.report());

    assertThat(charts).hasSizeGreaterThan(15);
    assertThat(charts.keySet()).allMatch(name -> name.matches("[a-z0-9-]+\\.svg"));
    charts.forEach(
        (name, svg) -> {
          Document image = parsed(svg);
          assertThat(image.getElementsByTagName("title").getLength()).as(name).isEqualTo(1);
          assertThat(image.getElementsByTagName("desc").item(0).getTextContent())
              .as(name)
              .contains("Measured by: ./ticketing");
          assertThat(svg).contains("prefers-color-scheme: dark").doesNotContain("NaN", "Infinity");
        });
  }

  @Test
  void chartsOfThePageAreWellFormed() {
    List<String> charts =
        Pattern.compile("<svg .*?</svg>", Pattern.DOTALL)
            .matcher(page)
            .results()
            .map(MatchResult::group)
            .toList();

    assertThat(charts).hasSameSizeAs(Charts.of(SampleEvidence.report()).keySet());
    assertThat(charts).allSatisfy(ReportPageTest::parsed);
  }

  @Test
  void everyQuestionHasChartsItsRangeItsCommandAndTheFiguresAsText() {
    for (Figure figure : SampleEvidence.report().figures()) {
      assertThat(figure.charts()).isNotEmpty();
      assertThat(figure.range()).isNotBlank();
      assertThat(figure.command()).startsWith("./ticketing ");
      assertThat(page).contains("id=\"" + figure.id() + "\"");
      figure
          .charts()
          .forEach(
              chart -> {
                assertThat(chart.table().rows()).as(figure.file(chart)).isNotEmpty();
                assertThat(chart.table().rows())
                    .as(figure.file(chart))
                    .allSatisfy(row -> assertThat(row).hasSameSizeAs(chart.table().headings()));
              });
    }
  }

  @Test
  void theFiguresOfTheResultsAreInItsTables() {
    Evidence evidence = SampleEvidence.everything();
    Results comparison = evidence.comparison().orElseThrow();
    for (SystemResult one : comparison.systems()) {
      if (one.ratios() != null && one.ratios().throughput() != null) {
        assertThat(page).contains("<td>%s</td>".formatted(Ranges.of(one.ratios().throughput())));
      }
    }
    SystemStep step = comparison.sweeps().get(0).steps().get(0).systems().get(2);
    assertThat(page).contains("<td>%s</td>".formatted(Ranges.of(step.p99())));
    CellResult cell = evidence.crashes().orElseThrow().cells().get(0);
    assertThat(page)
        .contains(
            "<th scope=\"row\">%s</th><td>%s</td>"
                .formatted(cell.played().point(), cell.played().fault()));
  }

  @Test
  void whatWasCountedIsBesideTheLeast() {
    assertThat(page)
        .contains("xa 7.02 (least 7)")
        .contains("<th scope=\"row\">tcc</th><td>19.5</td><td>10</td>")
        .contains("<th scope=\"row\">saga</th><td>14.2</td><td>-</td>");
  }

  @Test
  void theKneeIsSaidInWords() {
    Results comparison = SampleEvidence.everything().comparison().orElseThrow();
    String yardstick = comparison.yardstick().system();
    double knee = comparison.sweeps().get(0).knee(yardstick).orElseThrow();

    assertThat(page).contains("%s %.0f,".formatted(yardstick, knee));
  }

  @Test
  void brokenCellsAreMarkedByMoreThanTheirColour() {
    assertThat(page).contains("✗").contains("broken: violations");
    assertThat(page).contains("xa broke its promise in 1 of 47 cells");
  }

  @Test
  void aQuickRunShowsWhatItHasAndSaysWhatTheOthersNeed() {
    assertThat(ReportPage.of(SampleEvidence.quick()))
        .contains("How much processor time does a payment take?")
        .contains("no system became warm")
        .contains("./ticketing compare --full")
        .contains("./ticketing crash")
        .doesNotContain("where is the knee", "<th scope=\"col\">p99</th>", "are ratios to");
  }

  @Test
  void namesOfThingsAreEscaped() {
    assertThat(page).contains("kill payment+point").contains("&quot;kill payment&quot;");
  }

  private static Document parsed(String xml) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)));
    } catch (Exception malformed) {
      throw new AssertionError(malformed.getMessage() + " in " + xml, malformed);
    }
  }
}
