package org.ticketing.tcc;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.apache.seata.rm.tcc.api.BusinessActionContextParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The try of the reservation. Belongs to the global transaction whose Xid the call carries. */
@HttpExchange("/protocol/tcc/reservation-holds")
interface ReservationTrialApi {

  /** See {@link org.ticketing.reservation.ReservationParticipant#tryComplete}. */
  @PostExchange
  void hold(@Valid @RequestBody ReservationTrial trial);

  /** What is annotated goes to Seata's server with the branch and comes back in phase two. */
  record ReservationTrial(
      @NotNull @BusinessActionContextParameter("paymentId") UUID paymentId,
      @NotNull @BusinessActionContextParameter("reservationId") UUID reservationId) {}
}
