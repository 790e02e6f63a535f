package org.ticketing.tracker;

import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gives browsers the page, which is the same for the list, a transaction, and the logs, and looks
 * at its own address.
 */
@Hidden
@RestController
class PageController {

  private final Links links;

  PageController(TrackerSettings settings) {
    this.links = new Links(settings.traceUrl(), settings.metricsUrl());
  }

  /**
   * @param trace with {@code {payment}} in place of the id of a payment; empty if there is none
   * @param metrics empty if there is none
   */
  record Links(String trace, String metrics) {}

  @GetMapping("/")
  ResponseEntity<Void> home() {
    return ResponseEntity.status(HttpStatus.FOUND).location(URI.create("/transactions")).build();
  }

  /**
   * The lists are named beside the pattern, because a path is preferred to it, whoever asks; and
   * not at the same method, which would match twice and be preferred to lists without a page.
   */
  @GetMapping(
      path = {"/transactions", "/transactions/log", "/transactions/steerings"},
      produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<Resource> lists() {
    return page();
  }

  @GetMapping(path = "/transactions/{id}", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<Resource> transaction() {
    return page();
  }

  private static ResponseEntity<Resource> page() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noCache())
        .body(new ClassPathResource("static/tracker/transactions.html"));
  }

  /** Where the page leads to. */
  @GetMapping(path = "/tracker/links.json", produces = MediaType.APPLICATION_JSON_VALUE)
  Links links() {
    return links;
  }
}
