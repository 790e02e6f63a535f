package org.ticketing.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionState;
import org.ticketing.testing.Browser;

/**
 * The page in a real browser, before invented services. Leaves pictures of it in {@code
 * target/transactions}.
 */
class TransactionsPageIT {

  private static final Path FOLDER = Path.of("target/transactions");
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int MANY = 10_000;

  @TempDir private static Path profile;

  private static InventedServices services;
  private static RunningTracker tracker;
  private static Browser browser;
  private static OpenedPage page;

  @BeforeAll
  static void openBrowser() throws IOException, InterruptedException {
    Optional<Path> installed = Browser.installed();
    assumeTrue(installed.isPresent(), "there is no chromium or chrome on the PATH");
    Files.createDirectories(FOLDER);
    services = new InventedServices();
    tracker =
        new RunningTracker(
            services,
            "--ticketing.tracker.interval=200ms",
            "--ticketing.tracker.trace-url=http://127.0.0.1:3000/explore?payment={payment}");
    browser = new Browser(installed.get(), profile);
    page = new OpenedPage(browser);
  }

  @AfterAll
  static void closeBrowser() throws InterruptedException {
    if (browser != null) {
      browser.close();
      tracker.close();
      services.close();
    }
  }

  @BeforeEach
  void forget() {
    services.forget();
  }

  @Test
  void anOperatorSignsInAndSeesWhatIsStuckFirst() {
    services.transactions.addAll(
        List.of(Invented.stuck(1), Invented.completed(2), Invented.failed(3)));

    page.openAsStranger(tracker.at("/transactions"));
    signIn(InventedServices.OPERATOR);

    page.awaitCount(".list tbody tr", 3);
    assertThat(page.texts(".list tbody tr").get(0)).contains("completing", "▲ stuck");
    page.awaitText("p.alarm", "1 transaction is stuck");
    page.awaitText(".counts", "completed: 50 %");
  }

  @Test
  void whoIsNoOperatorIsToldSo() {
    page.openAsStranger(tracker.at("/transactions"));
    signIn(InventedServices.CUSTOMER);

    page.awaitText(".alarm", "is no operator");
    assertThat(page.isThere("form.signin")).isTrue();

    openAs(InventedServices.CUSTOMER_TOKEN, "/transactions");
    page.awaitText(".alarm", "This is not yours to see or to do.");
    openAs("expired", "/transactions");
    page.awaitText(".alarm", "The token is malformed, forged or expired.");
    assertThat(page.isThere("form.signin")).isTrue();
  }

  @Test
  void manyRefusedCallsEndTheSessionOnceAndSayWhy() {
    open("/transactions");
    page.value(FIRST_HOLD_THE_REFUSED_EVENTS);
    page.value(
        "sessionStorage.setItem('ticketing.session', JSON.stringify("
            + "{...JSON.parse(sessionStorage.getItem('ticketing.session')), token: 'expired'}))");

    page.click("#pages a");

    await().until(() -> page.value("window.isAborted === true").asBoolean());
    page.awaitText(".alarm", "The token is malformed, forged or expired.");
    assertThat(page.value("window.ends.join()").asString())
        .isEqualTo("The token is malformed, forged or expired.");
  }

  @Test
  void filtersStandInTheAddressSoThatABookmarkKeepsThem() {
    services.transactions.addAll(
        List.of(Invented.stuck(1), Invented.completed(2), Invented.failed(3)));

    open("/transactions?show=failed");
    page.awaitCount(".list tbody tr", 1);
    assertThat(page.value("document.getElementById('show').value").asString()).isEqualTo("failed");

    page.value(
        "document.getElementById('show').value = 'in-doubt';"
            + " document.querySelector('form[role=search]').requestSubmit()");
    await().until(() -> page.path().equals("/transactions?show=in-doubt"));
    page.awaitText(".list tbody tr", "▲ stuck");

    page.value("history.back()");
    page.awaitText(".list tbody tr", "failed");
    assertThat(page.path()).isEqualTo("/transactions?show=failed");
  }

  @Test
  void aKeyFindsItsTransactionWithoutSayingThatItIsAKey() {
    IntStream.range(0, 300).mapToObj(Invented::completed).forEach(services.transactions::add);

    open("/transactions");
    page.fill("#find", "key-123");
    browser.press("Enter");

    page.awaitCount(".list tbody tr", 1);
    assertThat(page.path()).isEqualTo("/transactions?find=key-123");
    assertThat(page.value("document.querySelector('.list tbody a').title").asString())
        .isEqualTo(Invented.id(123).toString());
  }

  @Test
  void theListIsLiveAndCanBePaused() {
    services.transactions.add(Invented.completed(1));
    open("/transactions");
    page.awaitCount(".list tbody tr", 1);

    services.transactions.add(Invented.completed(2));
    page.awaitCount(".list tbody tr", 2);

    clickButton("Pause");
    page.awaitText("span.quiet", "paused");
    services.transactions.add(Invented.completed(3));
    clickButton("Go live");
    page.awaitCount(".list tbody tr", 3);
  }

  @Test
  void oneTransactionHasALaneForEachServiceAndWhatItsDatabaseHolds() {
    TransactionSummary stuck = prepareStuck();

    open("/transactions/" + stuck.payment());

    page.awaitText("h2", "Engine and databases disagree");
    assertThat(drawn(".lanes .lane")).isEqualTo("states,point,reservation,payment");
    assertThat(page.value("document.querySelectorAll('.lanes .failed').length").asInt())
        .isEqualTo(2);
    assertThat(drawn(".lanes text"))
        .contains("prepare 1.2 ms", "✕ commit 1.0 s", "(repetition 1)", "⋯");
    page.click("#time-line-table summary");
    assertThat(page.texts("#time-line-table tbody tr")).hasSize(6);
    assertThat(page.texts("section tr.disagrees").get(0))
        .contains("⚠ point", "prepared branch", "a payment of the same wallet");
    assertThat(page.texts("main li"))
        .anyMatch(text -> text.startsWith("commit the branch of point again, "));
    assertThat(page.value("document.querySelector('main p.row a').href").asString())
        .isEqualTo("http://127.0.0.1:3000/explore?payment=" + stuck.payment());
  }

  @Test
  void aStuckTransactionIsResolvedAfterAPreviewAndWithAReason() {
    TransactionSummary stuck = prepareStuck();
    services.effects =
        (order, transaction) -> {
          boolean performs = order.reason() != null;
          if (performs) {
            resolve(stuck);
          }
          return new Effect(List.of("commit the branch of point"), false, null, performs);
        };
    open("/transactions/" + stuck.payment());
    page.awaitText("h2", "Engine and databases disagree");
    assertThat(page.texts("#about-UNDO")).containsExactly("Not possible: It is decided to happen.");
    assertThat(page.texts("#about-RESUME")).containsExactly("Nothing to do: it is not suspended.");
    page.click("#steer-UNDO");
    page.click("#steer-RESUME");
    assertThat(page.isThere("dialog")).isFalse();

    page.click("#steer-RETRY");
    page.awaitText("dialog tbody", "commit the branch of point");
    assertThat(isConfirmable()).isFalse();
    assertThat(services.steerings).isEmpty();
    page.fill("#why", "the point service is back");
    page.click("dialog button[type=submit]");

    page.awaitText("dialog p", "Finished for 1 of 1 transaction.");
    page.click("dialog button[type=button]");
    await().until(() -> !page.isThere("dialog") && !page.isThere("#disagreements"));
    assertThat(page.texts(".badge")).contains("completed");
    assertThat(services.steerings)
        .singleElement()
        .satisfies(
            steering -> {
              assertThat(steering.steering()).isEqualTo(Steering.RETRY);
              assertThat(steering.reason()).isEqualTo("the point service is back");
              assertThat(steering.heuristic()).isFalse();
            });

    page.click("#pages a[href='/transactions/steerings']");
    page.awaitText("main tbody tr", "the point service is back");
  }

  @Test
  void whereNobodyKnowsTheDecisionBothOutcomesAreShownAndNoneIsChosen() {
    TransactionSummary stuck = Invented.stuck(1);
    services.transactions.add(stuck);
    services.details.put(stuck.payment().toString(), Invented.detail(stuck, Decision.UNKNOWN));
    services.effects =
        (order, transaction) ->
            new Effect(
                List.of(order.steering() == Steering.UNDO ? "roll it back" : "commit it"),
                true,
                order.heuristic() ? null : "This is heuristic.",
                order.reason() != null);
    open("/transactions/" + stuck.payment());

    page.click("#steer-COMPLETE");
    page.awaitText("fieldset", "commit it");
    page.awaitText("fieldset", "roll it back");
    page.fill("#why", "the bank says so");
    assertThat(isConfirmable()).isFalse();
    page.click("#outcome-UNDO");
    assertThat(isConfirmable()).isFalse();
    page.click("#consent");
    assertThat(isConfirmable()).isTrue();
    page.click("dialog button[type=submit]");

    await().until(() -> !services.steerings.isEmpty());
    assertThat(services.steerings.get(0).steering()).isEqualTo(Steering.UNDO);
    assertThat(services.steerings.get(0).heuristic()).isTrue();
  }

  @Test
  void manyAreSteeredAtOnceAndEachIsToldWhatBecameOfIt() {
    services.transactions.addAll(
        List.of(Invented.stuck(1), Invented.stuck(2), Invented.completed(3)));
    services.effects =
        (order, transaction) ->
            transaction.equals(Invented.id(2).toString())
                ? Effect.refused("It is over.")
                : new Effect(List.of("ask again"), false, null, true);
    open("/transactions");
    page.awaitCount(".list tbody tr", 3);

    clickButton("Choose all stuck");
    page.awaitText(".chosen", "2 transactions chosen");
    page.click(".chosen button.main");
    page.awaitText("dialog", "1 of 2 transactions can be steered so.");
    page.fill("#why", "after the outage");
    page.click("dialog button[type=submit]");

    page.awaitText("dialog p", "Finished for 1 of 2 transactions.");
    page.awaitText("dialog tr.disagrees", "Refused: It is over.");
    assertThat(services.steerings).hasSize(2);
  }

  @Test
  void whatIsNotReachableIsSaidAndTheRestIsShown() {
    TransactionSummary stuck = prepareStuck();
    services.failing.add("reservation");

    open("/transactions/" + stuck.payment());

    page.awaitText("section.warning", "The reservation service answered");
    page.awaitText("section tr.disagrees", "point");
  }

  @Test
  void everythingCanBeDoneWithTheKeyboardAlone() {
    TransactionSummary stuck = prepareStuck();
    page.openAsStranger(tracker.at("/transactions"));

    browser.type(InventedServices.OPERATOR); // the field has the focus
    page.tabTo("#password");
    browser.type(InventedServices.PASSWORD);
    browser.press("Enter");
    page.awaitCount(".list tbody tr", 1);

    page.tabTo("#find");
    browser.type(stuck.key());
    browser.press("Enter");
    await().until(() -> page.path().equals("/transactions?find=" + stuck.key()));
    page.awaitCount(".list tbody tr", 1);
    page.tabTo(".list tbody a");
    browser.press("Enter");
    await().until(() -> page.path().equals("/transactions/" + stuck.payment()));
    page.awaitText("h2", "Steering");
    assertThat(page.value("document.activeElement.tagName").asString()).isEqualTo("H1");

    page.tabTo("#steer-RETRY");
    browser.press("Enter");
    page.awaitText("dialog tbody", "ask the participants again");
    await().until(() -> page.value("document.activeElement.id").asString().equals("why"));
    browser.type("by hand");
    page.tabTo("dialog button[type=submit]");
    browser.press("Enter");
    page.awaitText("dialog p", "Finished for 0 of 1 transaction.");
    browser.press("Escape");
    await().until(() -> !page.isThere("dialog"));
    assertThat(services.steerings).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"light, 360", "light, 1280", "dark, 360", "dark, 1280"})
  void canBeReadInEveryColourSchemeAndWidth(String scheme, int width) throws IOException {
    TransactionSummary stuck = prepareStuck();
    IntStream.range(2, 30).mapToObj(Invented::completed).forEach(services.transactions::add);
    services.transactions.add(Invented.failed(30));

    for (String path :
        List.of(
            "/transactions",
            "/transactions/" + stuck.payment(),
            "/transactions/log",
            "/transactions/steerings")) {
      page.openAs(InventedServices.OPERATOR_TOKEN, tracker.at(path), width, scheme);
      await()
          .until(
              () -> page.isThere("main table") || page.texts("main p").contains("There are none."));
      String name =
          path.equals("/transactions")
              ? "list"
              : path.contains("-") ? "transaction" : path.substring("/transactions/".length());
      browser.photograph(FOLDER.resolve("%s-%s-%s.png".formatted(name, scheme, width)));

      assertThat(browser.events("Runtime.exceptionThrown")).as(path).isEmpty();
      assertThat(browser.events("Log.entryAdded")).as(path).isEmpty();
      assertThat(page.value("document.documentElement.scrollWidth").asInt())
          .as(path)
          .isLessThanOrEqualTo(width);
      assertThat(page.value(CONTROLS_WITHOUT_NAME).values()).as(path).isEmpty();
    }
  }

  /** The rows of the whole list are never in the document at the same time. */
  @Test
  void tenThousandTransactionsAreReadToTheLastWithFewRowsInTheDocument() throws IOException {
    IntStream.range(0, MANY).mapToObj(Invented::completed).forEach(services.transactions::add);
    open("/transactions");
    page.awaitText("a", "…");
    page.value(WATCH_FRAMES);

    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              page.value("window.scrollTo(0, document.documentElement.scrollHeight)");
              return page.value("document.querySelector('.list').getAttribute('aria-rowcount')")
                      .asString()
                      .equals(String.valueOf(MANY + 1))
                  && page.isThere("a[title='" + Invented.id(0) + "']");
            });

    assertThat(page.value("document.querySelectorAll('.list tbody tr').length").asInt())
        .isLessThan(1500);
    assertThat(
            page.value(
                    "document.querySelector(\"a[title='%s']\").closest('tr').ariaRowIndex"
                        .formatted(Invented.id(0)))
                .asString())
        .isEqualTo(String.valueOf(MANY + 1));
    page.value("window.scrollTo(0, 0)");
    await().until(() -> page.isThere("a[title='" + Invented.id(MANY - 1) + "']"));
    Files.writeString(
        FOLDER.resolve("frames.json"), page.value("window.stopWatching()").toString());
  }

  private static void open(String path) {
    openAs(InventedServices.OPERATOR_TOKEN, path);
  }

  private static void openAs(String token, String path) {
    page.openAs(token, tracker.at(path), OpenedPage.WIDE, "light");
  }

  /** The texts of a drawing. */
  private static String drawn(String selector) {
    return page.value(
            "[...document.querySelectorAll('%s')].map(one => one.textContent).join()"
                .formatted(selector))
        .asString();
  }

  private static void clickButton(String text) {
    page.value(
        "[...document.querySelectorAll('button')].find(one => one.innerText === '%s').click()"
            .formatted(text));
  }

  private static void signIn(String email) {
    page.fill("#email", email);
    page.fill("#password", InventedServices.PASSWORD);
    page.click("form.signin button");
  }

  private static boolean isConfirmable() {
    return !page.value("document.querySelector('dialog button[type=submit]').disabled").asBoolean();
  }

  /** One that is decided, of which point was not told. */
  private static TransactionSummary prepareStuck() {
    TransactionSummary stuck = Invented.stuck(1);
    services.transactions.add(stuck);
    services.details.put(stuck.payment().toString(), Invented.detail(stuck, Decision.COMPLETE));
    services.holdings.put("point", List.of(Invented.holding("point", Meaning.OPEN)));
    services.holdings.put("reservation", List.of(Invented.holding("reservation", Meaning.DONE)));
    services.logs.put(
        "payment",
        List.of(
            Invented.change(stuck, "payment", null, TransactionState.WORKING, 0),
            Invented.phase(stuck, "payment", "decision", 20, 400),
            Invented.phase(stuck, "point", "prepare", 10, 1200),
            Invented.phase(stuck, "reservation", "prepare", 10, 1500),
            Invented.change(
                stuck, "payment", TransactionState.WORKING, TransactionState.COMPLETING, 21),
            Invented.phase(stuck, "reservation", "commit", 22, 900),
            Invented.failedPhase(stuck, "point", "commit", 22),
            Invented.failedPhase(stuck, "point", "commit", 30_000)));
    return stuck;
  }

  private static void resolve(TransactionSummary stuck) {
    TransactionSummary over = Invented.completed(1);
    services.transactions.clear();
    services.transactions.add(over);
    services.details.put(stuck.payment().toString(), Invented.detail(over, Decision.COMPLETE));
    services.holdings.put("point", List.of(Invented.holding("point", Meaning.DONE)));
  }

  /** Lets the events be refused first, but their refusal be read only when it is aborted. */
  private static final String FIRST_HOLD_THE_REFUSED_EVENTS =
      """
      (() => {
        window.ends = [];
        document.addEventListener('session-ended', (event) => window.ends.push(event.detail));
        const answer = window.fetch;
        let hold;
        const held = new Promise((resolve) => (hold = resolve));
        window.fetch = async (path, options) => {
          const response = await answer(path, options);
          if (!path.startsWith('/transactions/events')) {
            await held;
            return response;
          }
          response.json = () =>
            new Promise((_, refuse) => {
              options.signal.addEventListener('abort', () => {
                window.isAborted = true;
                refuse(options.signal.reason);
              });
              hold();
            });
          return response;
        };
      })()
      """;

  /** Names controls that a screen reader could not name. */
  private static final String CONTROLS_WITHOUT_NAME =
      """
      [...document.querySelectorAll('button, input, select, textarea, a')]
          .filter(one => one.offsetParent !== null)
          .filter(one => !one.innerText && !one.getAttribute('aria-label'))
          .filter(one => !(one.labels && one.labels.length))
          .map(one => one.outerHTML)
      """;

  /** Measures the time between frames until it is stopped, and then tells some percentiles. */
  private static final String WATCH_FRAMES =
      """
      (() => {
        const times = [];
        let last = performance.now();
        let watching = true;
        const next = now => {
          times.push(now - last);
          last = now;
          if (watching) requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
        window.stopWatching = () => {
          watching = false;
          times.sort((one, other) => one - other);
          const last = times.length - 1;
          const at = part => Math.round(times[Math.min(last, Math.floor(part * times.length))]);
          return { frames: times.length, p50: at(0.5), p99: at(0.99), longest: at(1) };
        };
      })()
      """;
}
