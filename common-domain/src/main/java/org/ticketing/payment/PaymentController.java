package org.ticketing.payment;

import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.platform.Caller;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

@RestController
class PaymentController implements PaymentApi {

  private final PaymentService payments;

  PaymentController(PaymentService payments) {
    this.payments = payments;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public Receipt pay(String key, PaymentRequest request) {
    return payments.pay(new Order(Caller.userId(), key, request.reservationId()));
  }

  @Override
  public PaymentView find(UUID paymentId) {
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
