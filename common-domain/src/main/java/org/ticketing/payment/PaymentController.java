package org.ticketing.payment;

import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.payment.PaymentDesk.Order;
import org.ticketing.platform.Caller;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

@RestController
class PaymentController implements PaymentApi {

  private final PaymentDesk desk;

  PaymentController(PaymentDesk desk) {
    this.desk = desk;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public Receipt pay(String key, PaymentRequest request) {
    return desk.pay(new Order(Caller.userId(), key, request.reservationId()));
  }

  @Override
  public PaymentView find(UUID paymentId) {
    PaymentView payment = desk.find(paymentId);
    if (!Caller.mayActFor(payment.userId())) {
      throw new Refusal(Reason.NOT_YOUR_PAYMENT, "Somebody else has made this payment.");
    }
    return payment;
  }

  @Override
  public List<PaymentView> mine(int page, int size) {
    return desk.ofUser(Caller.userId(), page, size);
  }
}
