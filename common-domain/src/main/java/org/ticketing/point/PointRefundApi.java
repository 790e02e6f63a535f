package org.ticketing.point;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Gives back points of payments that have completed. For the payment service, once it is sure that
 * the payment's own protocol has nothing more to do with it.
 */
@HttpExchange("/internal/points/refunds")
public interface PointRefundApi {

  /**
   * Gives back what the payment has used, also into a wallet that is closed. Idempotent by the
   * payment. Refused with {@code payment-in-progress} while the payment has not used its points.
   */
  @PostExchange
  void refund(@Valid @RequestBody CompletedPayment payment);

  record CompletedPayment(@NotNull UUID paymentId, @NotNull UUID userId) {}
}
