package org.ticketing.experiments.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ticketing.experiments.live.Run.Phase;
import org.ticketing.testing.Browser;

/** The page in a real browser. Leaves pictures of it in {@code target/live}. */
class LivePageIT {

  private static final Path FOLDER = Path.of("target/live");

  @TempDir private static Path profile;

  private static Browser browser;

  private final RehearsedStage stage = new RehearsedStage(0, 1);
  private final Performances performances = new Performances(stage);
  private LivePage page;

  @BeforeAll
  static void openBrowser() throws IOException, InterruptedException {
    Optional<Path> installed = Browser.installed();
    assumeTrue(installed.isPresent(), "there is no chromium or chrome on the PATH");
    Files.createDirectories(FOLDER);
    browser = new Browser(installed.get(), profile);
  }

  @AfterAll
  static void closeBrowser() throws InterruptedException {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() throws IOException {
    page = LivePage.serve(performances, LivePage.bind(0));
  }

  @AfterEach
  void close() {
    page.close();
    performances.close();
  }

  @ParameterizedTest
  @CsvSource({"light, 360", "light, 1280", "dark, 360", "dark, 1280"})
  void canBeReadInEveryColourSchemeAndWidth(String scheme, int width) throws IOException {
    performances.start(new Order(5, 20, 10, null));
    show(width, scheme);
    browser.photograph(FOLDER.resolve("live-%s-%d.png".formatted(scheme, width)));

    assertThat(browser.events("Runtime.exceptionThrown")).isEmpty();
    assertThat(browser.events("Log.entryAdded")).isEmpty();
    assertThat(browser.events("Network.requestWillBeSent"))
        .extracting(event -> event.path("request").path("url").asString())
        .allMatch(url -> url.startsWith(page.url()) || url.startsWith("data:"));
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
    assertThat(browser.evaluate("matchMedia('(prefers-color-scheme: dark)').matches").asBoolean())
        .isEqualTo(scheme.equals("dark"));
  }

  @Test
  void showsTheSystemsSideBySideWithThePaymentThatWasHit() {
    performances.start(new Order(5, 20, 10, null));
    show(1280, "light");

    assertThat(text("#system-upright")).isEqualTo("upright");
    assertThat(text("section.system"))
        .contains(
            "1 of 3",
            "21.5 / 4023.0 ms",
            "payment was killed at 5.0 s, ready again at 8.2 s.",
            "The audit finds 1 violations.",
            "The customer was told after 4.0 s: completed.",
            "5.0 s point: <b>work</b>, 11.2 ms, failed: no answer",
            "Something may be missing: no answer from reservation.");
    assertThat(count("section.system svg rect.hit")).isEqualTo(2);
    assertThat(count("section.system svg .kill")).isEqualTo(2);
    assertThat(browser.evaluate("document.querySelector('section.system h3 a').href").asString())
        .isEqualTo("http://127.0.0.1:8190/transactions?find=" + RehearsedStage.HIT);
  }

  @Test
  void startsAndStopsWhatIsOrdered() {
    show(1280, "light");
    assertThat(texts("#kill option")).containsExactly("nothing", "payment", "postgresql", "seata");

    browser.evaluate("document.querySelector('#rate').value = 7");
    browser.evaluate("document.querySelector('#seconds').value = 3");
    browser.evaluate("document.querySelector('#after').value = 2");
    browser.evaluate("document.querySelector('#start').click()");

    await().until(() -> performances.shown().phase() == Phase.PAYING);
    assertThat(performances.shown().order()).isEqualTo(new Order(7, 3, 10, null));
    await().until(() -> !browser.evaluate("document.querySelector('#stop').disabled").asBoolean());
    assertThat(browser.evaluate("document.querySelector('#start').disabled").asBoolean()).isTrue();

    browser.evaluate("document.querySelector('#stop').click()");

    await().until(() -> text("#phase").equals("Over."));
    assertThat(stage.told).contains("stop upright", "settle upright");
  }

  @Test
  void saysWhatIsWrongWithAnOrder() {
    show(1280, "light");

    browser.evaluate("post('orders', {rate: 0, seconds: 2, refusals: 0, kill: ''})");

    await().until(() -> text("#problem").equals("rate must be from 1 to 20."));
    assertThat(performances.shown().phase()).isEqualTo(Phase.READY);
  }

  @Test
  void theFirstKeyLeadsToTheSystems() {
    show(1280, "light");
    browser.press("Tab");

    assertThat(browser.evaluate("document.activeElement.getAttribute('href')").asString())
        .isEqualTo("#systems");
  }

  @Test
  void whatIsOpenedStaysOpenAndFocusedWhileItIsDrawnAnew() {
    performances.start(new Order(5, 20, 10, null));
    show(1280, "light");
    browser.evaluate("document.querySelector('details').open = true");
    browser.evaluate("document.querySelector('details summary').focus()");
    browser.evaluate("document.querySelector('section.system').dataset.old = 'yes'");

    stage.mayBeAnswered.countDown();

    await().until(() -> count("section.system[data-old]") == 0);
    assertThat(browser.evaluate("document.querySelector('details').open").asBoolean()).isTrue();
    assertThat(browser.evaluate("document.activeElement.tagName").asString()).isEqualTo("SUMMARY");
  }

  /** Opens the page, and waits for the first event. */
  private void show(int width, String scheme) {
    browser.open(URI.create(page.url()), width, scheme);
    await().until(() -> count("section.system") == 2 && count("#kill option") == 4);
  }

  private static int count(String selector) {
    return browser.evaluate("document.querySelectorAll('%s').length".formatted(selector)).asInt();
  }

  private static String text(String selector) {
    return browser
        .evaluate("document.querySelector('%s').textContent".formatted(selector))
        .asString();
  }

  private static List<String> texts(String selector) {
    return browser
        .evaluate(
            "[...document.querySelectorAll('%s')].map(one => one.textContent)".formatted(selector))
        .values()
        .stream()
        .map(one -> one.asString())
        .toList();
  }
}
