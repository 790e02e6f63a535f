package org.ticketing.payment;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.ticketing.payment.Acceptance.Accepted;
import org.ticketing.payment.PaymentApi.PaymentRequest;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.Caller;
import org.ticketing.platform.Overloaded;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/**
 * What clients see of payments that they do not wait for. No {@link PaymentApi}, because what is
 * answered depends on the time: 201 with the receipt, the problem of a refusal, or 202 with the
 * payment as it is now.
 */
@RestController
class AsynchronousPaymentController {

  static final String PREFER = "Prefer";
  static final String PREFERENCE_APPLIED = "Preference-Applied";

  /** After how many seconds a client should ask again for a payment that is under way. */
  static final String SOON = "1";

  /** After how many seconds a client should try again for which there is no room. */
  private static final String LATER = "5";

  private final PaymentService payments;
  private final PaymentController plain;
  private final Acceptance acceptance;
  private final PaymentWatches watches;
  private final PayerWebhooks webhooks;
  private final Asynchrony settings;

  AsynchronousPaymentController(
      PaymentService payments,
      PaymentController plain,
      Acceptance acceptance,
      PaymentWatches watches,
      PayerWebhooks webhooks,
      Asynchrony settings) {
    this.payments = payments;
    this.plain = plain;
    this.acceptance = acceptance;
    this.watches = watches;
    this.webhooks = webhooks;
    this.settings = settings;
  }

  /**
   * A payment with preferences. Without {@code respond-async} it is as any other. With it, the
   * payment is accepted and answered with 202, unless it ends within the time that the client would
   * wait. Refused as any other, and with {@code too-many-payments} while too many wait, or with
   * {@code idempotency-key-reused} if its key belongs to a payment under way that was accepted with
   * another webhook.
   */
  @PostMapping(path = "/payments", headers = PREFER)
  Object pay(
      @RequestHeader("Idempotency-Key") @NotBlank @Size(max = 100) String key,
      @Valid @RequestBody PaymentRequest request,
      HttpServletRequest http,
      HttpServletResponse response) {
    // Spring would split a parameter at commas, also at those that are quoted.
    List<String> prefer = Collections.list(http.getHeaders(PREFER));
    Preferences preferences = Preferences.read(prefer, settings.longestWait());
    if (!preferences.respondAsync()) {
      return ResponseEntity.status(HttpStatus.CREATED).body(plain.pay(key, request));
    }
    if (request.webhook() != null) {
      webhooks.require(request.webhook().url());
    }
    var order = new Order(Caller.userId(), key, request.reservationId());
    Accepted accepted = accept(order, request, response);
    boolean hasEnded = payments.hasEnded(accepted.payment());
    if (accepted.repeated()) {
      if (!hasEnded && request.webhook() != null) {
        webhooks.requireNamed(accepted.payment().id(), request.webhook());
      }
      PaymentController.markReplayed(response);
    }
    if (hasEnded) {
      return ended(accepted.payment());
    }
    return preferences.patience().isZero()
        ? accepted(accepted.payment(), preferences)
        : awaited(accepted.payment(), preferences, response);
  }

  private Accepted accept(Order order, PaymentRequest request, HttpServletResponse response) {
    try {
      return acceptance.accept(order, request.webhook());
    } catch (Refusal refusal) {
      if (refusal.reason() == Reason.TOO_MANY_PAYMENTS) {
        response.setHeader(HttpHeaders.RETRY_AFTER, LATER);
      }
      throw refusal;
    }
  }

  private ResponseEntity<Object> ended(Payment payment) {
    return ResponseEntity.created(location(payment)).body(payments.answer(payment));
  }

  private ResponseEntity<Object> accepted(Payment payment, Preferences preferences) {
    return ResponseEntity.accepted()
        .location(location(payment))
        .header(HttpHeaders.RETRY_AFTER, SOON)
        .header(PREFERENCE_APPLIED, preferences.applied())
        .body(payment.underWay().view());
  }

  private static URI location(Payment payment) {
    return URI.create("/payments/" + payment.id());
  }

  private Object awaited(Payment payment, Preferences preferences, HttpServletResponse response) {
    var awaited =
        new AwaitedAnswer(preferences.patience(), watches) {
          @Override
          ResponseEntity<Object> ended(Payment ended) {
            response.setHeader(PREFERENCE_APPLIED, preferences.waited());
            return AsynchronousPaymentController.this.ended(ended);
          }

          @Override
          ResponseEntity<Object> accepted() {
            return AsynchronousPaymentController.this.accepted(payment, preferences);
          }
        };
    DeferredResult<ResponseEntity<Object>> answer = awaited.answer();
    try {
      watches.follow(payment.id(), awaited);
      return answer;
    } catch (Overloaded tooMany) {
      return accepted(payment, preferences.withoutPatience());
    }
  }

  /**
   * The states of a payment as server-sent events, from the one that it is in to the last. A client
   * that comes again and has seen the last is told that there is nothing more, with 204, on which
   * browsers stop asking. Refused as {@link PaymentApi#find} is, and with {@code
   * service-unavailable} while too many follow payments.
   */
  @GetMapping(path = "/payments/{paymentId}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<SseEmitter> follow(
      @PathVariable("paymentId") UUID paymentId,
      @RequestHeader(name = "Last-Event-ID", required = false) String seen) {
    PaymentView payment = plain.requireOwn(paymentId);
    if (payment.status() != Status.REQUESTED && Payment.tag(payment).equals(seen)) {
      return ResponseEntity.noContent().build();
    }
    var stream = new PaymentStream(watches);
    watches.follow(paymentId, stream);
    return ResponseEntity.ok(stream.emitter());
  }
}
