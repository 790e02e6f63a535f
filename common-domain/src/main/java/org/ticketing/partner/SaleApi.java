package org.ticketing.partner;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What the payment service tells after a payment. */
@HttpExchange("/internal/sales")
public interface SaleApi {

  /** Queues the sale for every partner. Idempotent by payment id. */
  @PostExchange
  void record(@RequestBody List<@Valid Sale> sales);

  /**
   * @param price in points
   */
  record Sale(
      @NotNull UUID paymentId,
      @NotNull UUID scheduleId,
      @NotEmpty List<@NotNull UUID> seatIds,
      @Min(1) long price) {}
}
