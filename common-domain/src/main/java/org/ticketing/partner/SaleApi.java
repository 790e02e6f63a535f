package org.ticketing.partner;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Takes the sales that the payment service reports after payments, and their cancellations. */
@HttpExchange("/internal/sales")
public interface SaleApi {

  /** How many sales can be reported at once. */
  int MOST = 100;

  /**
   * Queues the sales for every partner, in the order of the list; all of them or, if something goes
   * wrong, none. Idempotent by payment id.
   *
   * @param sales 1 to {@value #MOST}
   */
  @PostExchange
  void record(@RequestBody @NotEmpty @Size(max = MOST) List<@Valid @NotNull Sale> sales);

  /**
   * Queues the cancellations of sales, as {@link #record} does the sales. A payment of which no
   * sale was recorded is passed over.
   *
   * @param paymentIds of refunded payments, 1 to {@value #MOST}
   */
  @PostExchange("/cancellations")
  void cancel(@RequestBody @NotEmpty @Size(max = MOST) List<@NotNull UUID> paymentIds);

  /**
   * @param price in points
   */
  record Sale(
      @NotNull UUID paymentId,
      @NotNull UUID scheduleId,
      @NotEmpty List<@NotNull UUID> seatIds,
      @Min(1) long price) {}
}
