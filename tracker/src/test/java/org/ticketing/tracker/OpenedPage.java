package org.ticketing.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ticketing.testing.Browser;
import tools.jackson.databind.JsonNode;

/** The page of the tracker in a browser, as somebody uses it. */
final class OpenedPage {

  static final int WIDE = 1280;
  static final int PHONE = 360;

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int MOST_TABS = 60;

  private final Browser browser;

  OpenedPage(Browser browser) {
    this.browser = browser;
  }

  /** Opens an address as somebody who has not signed in. */
  void openAsStranger(URI address) {
    open(address, WIDE, "light");
    browser.evaluate("sessionStorage.clear()");
    open(address, WIDE, "light");
  }

  /** Opens an address as the bearer of a token. */
  void openAs(String token, URI address, int width, String colourScheme) {
    open(address, width, colourScheme);
    browser.evaluate(
        ("sessionStorage.setItem('ticketing.session',"
                + " JSON.stringify({token: '%s', expiresAt: '%s', email: '%s'}))")
            .formatted(token, Instant.now().plusSeconds(600), InventedServices.OPERATOR));
    open(address, width, colourScheme);
  }

  private void open(URI address, int width, String colourScheme) {
    browser.open(address, width, colourScheme);
    await().atMost(SOON).until(() -> isThere("main h1"));
  }

  boolean isThere(String selector) {
    return value("document.querySelector(`%s`) !== null".formatted(selector)).asBoolean();
  }

  JsonNode value(String expression) {
    return browser.evaluate(expression);
  }

  /** The texts of all elements of that kind, as they can be read. */
  List<String> texts(String selector) {
    return value(
            ("[...document.querySelectorAll(`%s`)]"
                    + ".map(one => one.innerText.replace(/\\s+/g, ' ').trim())")
                .formatted(selector))
        .values()
        .stream()
        .map(JsonNode::asString)
        .toList();
  }

  void awaitText(String selector, String text) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(texts(selector)).anyMatch(each -> each.contains(text)));
  }

  void awaitCount(String selector, int count) {
    await().atMost(SOON).untilAsserted(() -> assertThat(texts(selector)).hasSize(count));
  }

  void click(String selector) {
    await().atMost(SOON).until(() -> isThere(selector));
    value("document.querySelector(`%s`).click()".formatted(selector));
  }

  /** Writes into a field as if it was typed. */
  void fill(String selector, String text) {
    await().atMost(SOON).until(() -> isThere(selector));
    value(
        "document.querySelector(`%1$s`).focus(); document.querySelector(`%1$s`).value = ''"
            .formatted(selector));
    browser.type(text);
  }

  /** Goes on with the key Tab until the focus is there; fails if it never is. */
  void tabTo(String selector) {
    for (int tab = 0; tab < MOST_TABS; tab++) {
      browser.press("Tab");
      if (value("document.activeElement.matches(`%s`)".formatted(selector)).asBoolean()) {
        assertThat(value("document.activeElement.matches(':focus-visible')").asBoolean()).isTrue();
        return;
      }
    }
    throw new AssertionError("the focus never comes to " + selector);
  }

  String path() {
    return value("location.pathname + location.search").asString();
  }
}
