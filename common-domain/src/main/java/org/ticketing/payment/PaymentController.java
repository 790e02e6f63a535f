package org.ticketing.payment;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import org.ticketing.platform.Caller;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/** Request and response are those of the thread. */
@RestController
class PaymentController implements PaymentApi {

  private static final String REPLAYED = "Idempotency-Replayed";

  private final PaymentService payments;
  private final WebRequest request;
  private final HttpServletResponse response;

  PaymentController(PaymentService payments, WebRequest request, HttpServletResponse response) {
    this.payments = payments;
    this.request = request;
    this.response = response;
  }

  /** What is answered was answered before, or is about a payment that was asked for before. */
  static void markReplayed(HttpServletResponse response) {
    response.setHeader(REPLAYED, "true");
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public Receipt pay(String key, PaymentRequest payment) {
    if (payment.webhook() != null) {
      throw new Refusal(
          Reason.INVALID_REQUEST, "webhook is only for payments with Prefer: respond-async.");
    }
    return payments.pay(
        new Order(Caller.userId(), key, payment.reservationId()), () -> markReplayed(response));
  }

  /** Null with 304 if the client has the payment as it is. */
  @Override
  public PaymentView find(UUID paymentId) {
    PaymentView payment = requireOwn(paymentId);
    if (payment.status() == Status.REQUESTED) {
      response.setHeader(HttpHeaders.RETRY_AFTER, AsynchronousPaymentController.SOON);
    }
    return request.checkNotModified(Payment.tag(payment)) ? null : payment;
  }

  PaymentView requireOwn(UUID paymentId) {
    PaymentView payment = payments.find(paymentId);
    if (!Caller.mayActFor(payment.userId())) {
      throw new Refusal(Reason.NOT_YOUR_PAYMENT, "Somebody else has made this payment.");
    }
    return payment;
  }

  @Override
  public List<PaymentView> mine(int page, int size) {
    return payments.ofUser(Caller.userId(), page, size);
  }
}
