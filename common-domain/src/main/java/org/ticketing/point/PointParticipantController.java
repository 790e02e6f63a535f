package org.ticketing.point;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.platform.LogField;

@RestController
class PointParticipantController implements PointParticipantApi {

  private final PointParticipant points;

  PointParticipantController(PointParticipant points) {
    this.points = points;
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void use(PointUse use) {
    LogField.PAYMENT.set(use.paymentId());
    points.use(use.paymentId(), use.userId(), use.amount());
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void refund(PointRefund refund) {
    LogField.PAYMENT.set(refund.paymentId());
    points.refund(refund.paymentId(), refund.userId());
  }
}
