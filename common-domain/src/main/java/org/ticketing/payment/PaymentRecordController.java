package org.ticketing.payment;

import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A controller of its own, which depends on none of the services that ask it. */
@RestController
class PaymentRecordController implements PaymentRecordApi {

  private final PaymentsUnderWay underWay;
  private final RefundRequests refunds;

  PaymentRecordController(PaymentsUnderWay underWay, RefundRequests refunds) {
    this.underWay = underWay;
    this.refunds = refunds;
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void close(UUID userId, long withdrawal) {
    underWay.requireNone(userId);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void reopen(UUID userId, long withdrawal) {
    // Nothing was closed.
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void request(List<UUID> paymentIds) {
    refunds.add(paymentIds);
  }
}
