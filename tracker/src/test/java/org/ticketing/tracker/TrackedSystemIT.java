package org.ticketing.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.testing.Browser;
import org.ticketing.testing.Database;
import org.ticketing.verification.contract.Purchase;
import org.ticketing.verification.contract.RunningSystem;
import org.ticketing.verification.contract.Shop;
import org.ticketing.workload.Customer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tracker as {@code ./ticketing up} starts it, beside a system that runs. */
@ExtendWith(TrackedXa.class)
class TrackedSystemIT {

  private static final Path FOLDER = Path.of("target/transactions");
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private static StackProcess tracker;

  private final RunningSystem system;
  private final Shop shop;

  TrackedSystemIT(RunningSystem system) {
    this.system = system;
    this.shop = new Shop(system);
    if (tracker == null) {
      tracker = system.system().startTracker();
    }
  }

  @Test
  void aPaymentIsFoundByItsKeyAndHasALaneForEachParticipant() throws Exception {
    Purchase purchase = shop.purchaseWithPoints(Shop.PRICE);
    assertThat(purchase.pay()).isEqualTo("paid");
    String token = operatorToken();

    JsonNode found = get("/transactions?find=" + purchase.key(), token);
    assertThat(found.path("protocol").asString()).isEqualTo(system.system().name());
    String payment = found.at("/transactions/0/payment").asString();

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(get("/transactions/" + payment, token).path("log").values())
                    .extracting(entry -> entry.path("participant").asString())
                    .contains("payment", "point", "reservation"));
    JsonNode tracked = get("/transactions/" + payment, token);
    assertThat(tracked.path("disagreements")).isEmpty();
    assertThat(tracked.path("notReached")).isEmpty();
    assertThat(tracked.path("holdings").values())
        .extracting(holding -> holding.path("meaning").asString())
        .isNotEmpty()
        .containsOnly("DONE");
  }

  @Test
  void customersAreRefusedByTheServicesThemselves() throws Exception {
    Customer customer = shop.customerWithPoints(1);
    assertThat(status("/transactions", customer.apis().token())).isEqualTo(403);
    assertThat(status("/transactions/log", customer.apis().token())).isEqualTo(403);
    assertThat(status("/transactions", "forged")).isEqualTo(401);
  }

  @Test
  void whatIsUnderWayIsSeenAndAParticipantThatIsAwayIsNamed() throws Exception {
    Purchase purchase = shop.purchaseWithPoints(Shop.PRICE);
    String token = operatorToken();
    try (Database.Lock lock = purchase.stopAtReservation()) {
      var paying = purchase.startPaying();
      purchase.awaitStopped();
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(
                          get("/transactions?show=in-flight", token).path("transactions").values())
                      .isNotEmpty());
      lock.close();
      paying.join();
    }
    String payment =
        get("/transactions?find=" + purchase.key(), token).at("/transactions/0/payment").asString();
    try (var outage = system.kill("point")) {
      JsonNode tracked = get("/transactions/" + payment, token);
      assertThat(tracked.at("/notReached/0").asString()).startsWith("point: ");
      assertThat(tracked.path("holdings").values())
          .extracting(holding -> holding.path("participant").asString())
          .contains("reservation");
    }
  }

  @Test
  void itsPageShowsThePaymentInABrowser(@TempDir Path profile) throws Exception {
    Optional<Path> installed = Browser.installed();
    assumeTrue(installed.isPresent(), "there is no chromium or chrome on the PATH");
    Files.createDirectories(FOLDER);
    Purchase purchase = shop.purchaseWithPoints(Shop.PRICE);
    assertThat(purchase.pay()).isEqualTo("paid");

    try (Browser browser = new Browser(installed.get(), profile)) {
      OpenedPage page = new OpenedPage(browser);
      page.openAsStranger(URI.create(tracker.url() + "/transactions"));
      page.fill("#email", SystemKeys.OPERATOR);
      page.fill("#password", system.system().keys().operatorPassword());
      page.click("form.signin button");
      page.fill("#find", purchase.key());
      browser.press("Enter");
      page.awaitCount(".list tbody tr", 1);
      page.click(".list tbody a");
      page.awaitText("h2", "Time line");
      browser.photograph(FOLDER.resolve("payment-of-xa.png"));
      await()
          .atMost(SOON)
          .until(
              () ->
                  page.value("document.querySelectorAll('.lanes .lane').length").asInt() >= 3
                      || reloaded(page));
    }
  }

  /** The log is written a moment later. */
  private static boolean reloaded(OpenedPage page) {
    page.value("document.querySelector('main .row button').click()");
    return false;
  }

  private String operatorToken() throws IOException, InterruptedException {
    HttpRequest logIn =
        HttpRequest.newBuilder(URI.create(tracker.url() + "/login"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"email\":\"%s\",\"password\":\"%s\"}"
                        .formatted(SystemKeys.OPERATOR, system.system().keys().operatorPassword())))
            .build();
    return JSON.readTree(HTTP.send(logIn, BodyHandlers.ofString()).body()).path("token").asString();
  }

  private static JsonNode get(String path, String token) throws IOException, InterruptedException {
    return JSON.readTree(HTTP.send(request(path, token), BodyHandlers.ofString()).body());
  }

  private static int status(String path, String token) throws IOException, InterruptedException {
    return HTTP.send(request(path, token), BodyHandlers.discarding()).statusCode();
  }

  private static HttpRequest request(String path, String token) {
    return HttpRequest.newBuilder(URI.create(tracker.url() + path))
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + token)
        .build();
  }
}
