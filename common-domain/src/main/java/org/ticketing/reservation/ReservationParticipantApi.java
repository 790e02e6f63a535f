package org.ticketing.reservation;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** {@link ReservationParticipant} over HTTP, for the coordinator of a payment alone. */
@HttpExchange("/protocol/reservations")
public interface ReservationParticipantApi {

  /** See {@link ReservationParticipant#complete}. */
  @PostExchange("/{reservationId}/completions")
  void complete(
      @PathVariable("reservationId") UUID reservationId,
      @Valid @RequestBody ReservationCompletion completion);

  /** See {@link ReservationParticipant#reopen}. */
  @PostExchange("/{reservationId}/reopenings")
  void reopen(
      @PathVariable("reservationId") UUID reservationId,
      @Valid @RequestBody ReservationPayment payment);

  /**
   * @param price that is paid; null from a payment process of an earlier version
   */
  record ReservationCompletion(@NotNull UUID paymentId, Long price) {}

  record ReservationPayment(@NotNull UUID paymentId) {}
}
