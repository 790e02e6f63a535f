package org.ticketing.tracker;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.util.UriComponentsBuilder;
import org.ticketing.payment.TransactionsApi.Steered;
import org.ticketing.payment.TransactionsApi.SteeringOrder;
import org.ticketing.payment.TransactionsApi.SteeringPage;
import org.ticketing.payment.TransactionsApi.TransactionCounts;
import org.ticketing.payment.TransactionsApi.TransactionPage;

/**
 * The transactions of one system. Whoever calls needs the token of an operator, which is passed on.
 * Lists come as JSON or, if that is accepted, as CSV; the header {@code Link} leads to the next
 * page of either.
 */
@RestController
@RequestMapping("/transactions")
@Tag(name = "transactions", description = "Every global transaction, and steering")
class TransactionsController {

  private final Services services;
  private final Search search;
  private final Inquiry inquiry;
  private final TransactionEvents events;

  TransactionsController(
      Services services, Search search, Inquiry inquiry, TransactionEvents events) {
    this.services = services;
    this.search = search;
    this.inquiry = inquiry;
    this.events = events;
  }

  @Operation(summary = "Transactions, the latest first")
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<TransactionPage> list(
      @ParameterObject TransactionQuery query, HttpServletRequest request) {
    TransactionPage page = search.find(query, services.asCallerOf(request));
    return page(request, page.next(), page);
  }

  @Operation(summary = "Transactions, the latest first")
  @GetMapping(produces = Csv.MEDIA_TYPE)
  ResponseEntity<String> listAsCsv(
      @ParameterObject TransactionQuery query, HttpServletRequest request) {
    TransactionPage page = search.find(query, services.asCallerOf(request));
    return csv(request, page.next(), Csv.of(page));
  }

  @Operation(
      summary = "Everything that is known of one transaction",
      description =
          "The id is that of the payment, or an Xid. Shows what the engine believes beside what"
              + " each database holds now, and where they disagree.")
  @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  TrackedTransaction find(@PathVariable("id") String id, HttpServletRequest request) {
    return inquiry.about(id, services.asCallerOf(request));
  }

  @Operation(summary = "How many have ended how lately, and how many are under way")
  @GetMapping(path = "/counts", produces = MediaType.APPLICATION_JSON_VALUE)
  TransactionCounts counts(HttpServletRequest request) {
    return services.asCallerOf(request).transactions().counts();
  }

  @Operation(summary = "What has happened, as all processes have written it down")
  @GetMapping(path = "/log", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<MergedLog> log(
      @RequestParam(name = "payment", required = false) UUID payment,
      @RequestParam(name = "xid", required = false) String xid,
      @RequestParam(name = "after", required = false) String after,
      @RequestParam(name = "size", defaultValue = "200") int size,
      HttpServletRequest request) {
    MergedLog log = inquiry.log(payment, xid, after, size, services.asCallerOf(request));
    return page(request, log.next(), log);
  }

  @Operation(summary = "What has happened, as all processes have written it down")
  @GetMapping(path = "/log", produces = Csv.MEDIA_TYPE)
  ResponseEntity<String> logAsCsv(
      @RequestParam(name = "payment", required = false) UUID payment,
      @RequestParam(name = "xid", required = false) String xid,
      @RequestParam(name = "after", required = false) String after,
      @RequestParam(name = "size", defaultValue = "200") int size,
      HttpServletRequest request) {
    MergedLog log = inquiry.log(payment, xid, after, size, services.asCallerOf(request));
    return csv(request, log.next(), Csv.LOG.of(log.entries()));
  }

  @Operation(summary = "Says what a steering would do to each of the transactions")
  @PostMapping(path = "/previews", produces = MediaType.APPLICATION_JSON_VALUE)
  List<Steered> preview(@Valid @RequestBody SteeringOrder order, HttpServletRequest request) {
    return services.asCallerOf(request).steering().preview(order);
  }

  @Operation(
      summary = "Steers transactions",
      description =
          "Writes down who has ordered it, and why. Safe to repeat. After service-unavailable it"
              + " may have been done: the list of steerings tells.")
  @PostMapping(path = "/steerings", produces = MediaType.APPLICATION_JSON_VALUE)
  List<Steered> steer(@Valid @RequestBody SteeringOrder order, HttpServletRequest request) {
    return services.asCallerOf(request).steering().steer(order);
  }

  @Operation(summary = "What operators have ordered, the latest first")
  @GetMapping(path = "/steerings", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<SteeringPage> steerings(
      @RequestParam(name = "after", required = false) String after,
      @RequestParam(name = "size", defaultValue = "100") int size,
      HttpServletRequest request) {
    SteeringPage page = services.asCallerOf(request).transactions().steerings(after, size);
    return page(request, page.next(), page);
  }

  @Operation(summary = "What operators have ordered, the latest first")
  @GetMapping(path = "/steerings", produces = Csv.MEDIA_TYPE)
  ResponseEntity<String> steeringsAsCsv(
      @RequestParam(name = "after", required = false) String after,
      @RequestParam(name = "size", defaultValue = "100") int size,
      HttpServletRequest request) {
    SteeringPage page = services.asCallerOf(request).transactions().steerings(after, size);
    return csv(request, page.next(), Csv.STEERINGS.of(page.steerings()));
  }

  /** Changes of what the query finds, every second; the first event has what it finds now. */
  @Hidden
  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter events(TransactionQuery query, HttpServletRequest request) {
    return events.open(query, services.asCallerOf(request));
  }

  private static ResponseEntity<String> csv(HttpServletRequest request, String next, String text) {
    return linked(request, next)
        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
        .body(text);
  }

  private static <T> ResponseEntity<T> page(HttpServletRequest request, String next, T body) {
    return linked(request, next).body(body);
  }

  /** With the address of the next page, relative to that of this one (RFC 8288). */
  private static ResponseEntity.BodyBuilder linked(HttpServletRequest request, String next) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store");
    return next == null
        ? answer
        : answer.header(
            HttpHeaders.LINK,
            "<%s?%s>; rel=\"next\""
                .formatted(
                    request.getRequestURI(),
                    UriComponentsBuilder.newInstance()
                        .query(request.getQueryString())
                        .replaceQueryParam("after", URLEncoder.encode(next, StandardCharsets.UTF_8))
                        .build(true)
                        .getQuery()));
  }
}
