package org.ticketing.point;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PointRefundController implements PointRefundApi {

  private final PointService points;

  PointRefundController(PointService points) {
    this.points = points;
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void refund(CompletedPayment payment) {
    points.refund(payment.paymentId(), payment.userId());
  }
}
