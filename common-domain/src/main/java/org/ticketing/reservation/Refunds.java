package org.ticketing.reservation;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Refunds payments whose reservations are cancelled by the operator. The service that knows the
 * payments extends this interface with an HTTP API of its own.
 *
 * <p>The interface is declared here, by the one who asks, because the one who refunds looks up
 * reservations. Calls go both ways; dependencies do not.
 */
public interface Refunds {

  /** How many refunds can be requested at once. */
  int MOST = 100;

  /**
   * Has these payments refunded, each once it is sure to stay completed. One that comes to nothing
   * instead is not. The points are given back first, then the reservation is cancelled. Idempotent.
   *
   * @param paymentIds 1 to {@value #MOST}
   */
  @PostExchange("/refunds")
  void request(@RequestBody @NotEmpty @Size(max = MOST) List<@NotNull UUID> paymentIds);
}
