package org.ticketing.experiments.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ticketing.testing.Browser;
import tools.jackson.databind.JsonNode;

/** The page in a real browser. Leaves pictures of it in {@code target/report}. */
class ReportPageIT {

  private static final Path FOLDER = Path.of("target/report");

  @TempDir private static Path profile;

  private static Browser browser;
  private static Path page;

  @BeforeAll
  static void openBrowser() throws IOException, InterruptedException {
    Optional<Path> installed = Browser.installed();
    assumeTrue(installed.isPresent(), "there is no chromium or chrome on the PATH");
    Files.createDirectories(FOLDER);
    page =
        Files.writeString(
            FOLDER.resolve("report.html"),
            ReportPage.of(SampleEvidence.everything(), SampleEvidence.report()));
    browser = new Browser(installed.get(), profile);
  }

  @AfterAll
  static void closeBrowser() throws InterruptedException {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"light, 360", "light, 1280", "dark, 360", "dark, 1280"})
  void canBeReadInEveryColourSchemeAndWidth(String scheme, int width) throws IOException {
    browser.open(page.toAbsolutePath(), width, scheme);
    browser.photograph(FOLDER.resolve("report-%s-%d.png".formatted(scheme, width)));

    assertThat(browser.events("Runtime.exceptionThrown")).isEmpty();
    assertThat(browser.events("Log.entryAdded")).isEmpty();
    assertThat(requests()).containsExactly(page.toAbsolutePath().toUri().toString());
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
    assertThat(browser.evaluate("matchMedia('(prefers-color-scheme: dark)').matches").asBoolean())
        .isEqualTo(scheme.equals("dark"));
    assertThat(texts(browser.evaluate(UNSEEN_CHARTS))).isEmpty();
    assertThat(texts(browser.evaluate(TEXTS_OUTSIDE))).isEmpty();
    assertThat(texts(browser.evaluate(OVERLAPPING_TEXTS))).isEmpty();
  }

  @Test
  void itsTablesCanBeReadOnAPhoneToo() {
    browser.open(page.toAbsolutePath(), 360, "light");
    browser.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)");

    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(360);
    assertThat(
            browser
                .evaluate(
                    "[...document.querySelectorAll('table')]"
                        + ".filter(one => one.offsetHeight < 30).length")
                .asInt())
        .isZero();
  }

  @Test
  void theFirstKeyLeadsToTheFigures() {
    browser.open(page.toAbsolutePath(), 1280, "light");
    browser.press("Tab");

    assertThat(browser.evaluate("document.activeElement.getAttribute('href')").asString())
        .isEqualTo("#figures");
    assertThat(browser.evaluate("document.activeElement.getBoundingClientRect().left").asDouble())
        .isNotNegative();
  }

  @ParameterizedTest
  @CsvSource({"light", "dark"})
  void chartsCanBeShownAlone(String scheme) throws IOException {
    for (var chart : Charts.of(SampleEvidence.report()).entrySet()) {
      Path file = Files.writeString(FOLDER.resolve(chart.getKey()), chart.getValue());
      browser.open(file.toAbsolutePath(), 1280, scheme);

      assertThat(texts(browser.evaluate(TEXTS_OUTSIDE))).as(chart.getKey()).isEmpty();
      assertThat(texts(browser.evaluate(OVERLAPPING_TEXTS))).as(chart.getKey()).isEmpty();
      assertThat(
              browser
                  .evaluate("getComputedStyle(document.querySelector('.surface')).fill")
                  .asString())
          .isEqualTo(scheme.equals("dark") ? "rgb(20, 23, 28)" : "rgb(255, 255, 255)");
    }
  }

  private static List<String> requests() {
    return browser.events("Network.requestWillBeSent").stream()
        .map(event -> event.path("request").path("url").asString())
        .filter(url -> !url.startsWith("data:"))
        .toList();
  }

  private static List<String> texts(JsonNode array) {
    return array.values().stream().map(JsonNode::asString).toList();
  }

  /** Names charts that are too small to be read, or have nothing in them. */
  private static final String UNSEEN_CHARTS =
      """
      [...document.querySelectorAll('svg.chart')]
          .filter(one => {
            const box = one.getBoundingClientRect();
            return box.width < 300 || box.height < 100 || one.querySelectorAll('text').length < 4;
          })
          .map(one => one.getAttribute('aria-label'))
      """;

  /** Texts that are cut off at the edge of their chart. */
  private static final String TEXTS_OUTSIDE =
      """
      [...document.querySelectorAll('svg.chart')].flatMap(chart => {
        const sheet = chart.getBoundingClientRect();
        return [...chart.querySelectorAll('text')]
            .filter(one => {
              const box = one.getBoundingClientRect();
              return box.left < sheet.left - 1 || box.right > sheet.right + 1
                  || box.top < sheet.top - 1 || box.bottom > sheet.bottom + 1;
            })
            .map(one => chart.getAttribute('aria-label') + ': ' + one.textContent);
      })
      """;

  /** Pairs of texts in one chart that cover each other by more than their line spacing. */
  private static final String OVERLAPPING_TEXTS =
      """
      [...document.querySelectorAll('svg.chart')].flatMap(chart => {
        const texts = [...chart.querySelectorAll('text')]
            .map(one => ({ text: one.textContent, box: one.getBoundingClientRect() }));
        const found = [];
        texts.forEach((one, index) => texts.slice(index + 1).forEach(other => {
          const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
          const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
          if (width > 1 && height > 4) {
            found.push(chart.getAttribute('aria-label') + ': ' + one.text + ' / ' + other.text);
          }
        }));
        return found;
      })
      """;
}
