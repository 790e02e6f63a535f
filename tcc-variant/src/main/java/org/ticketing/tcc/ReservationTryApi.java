package org.ticketing.tcc;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.apache.seata.rm.tcc.api.BusinessActionContextParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The reservation's try. It belongs to the global transaction whose Xid the call carries. */
@HttpExchange("/protocol/tcc/reservation-tries")
interface ReservationTryApi {

  /** See {@link org.ticketing.reservation.ReservationParticipant#tryComplete}. */
  @PostExchange
  void tryComplete(@Valid @RequestBody ReservationTry wanted);

  /** The annotated values go to Seata's server with the branch and come back in phase two. */
  record ReservationTry(
      @NotNull @BusinessActionContextParameter("paymentId") UUID paymentId,
      @NotNull @BusinessActionContextParameter("reservationId") UUID reservationId) {}
}
