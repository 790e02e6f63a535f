package org.ticketing.payment;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PaymentController implements PaymentApi {

  private final PaymentDesk desk;
  private final PaymentService payments;

  PaymentController(PaymentDesk desk, PaymentService payments) {
    this.desk = desk;
    this.payments = payments;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public Receipt pay(String key, PaymentRequest request) {
    return desk.pay(key, request);
  }

  @Override
  public PaymentView find(UUID paymentId) {
    return payments.find(paymentId);
  }
}
