package org.ticketing.tcc;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.apache.seata.rm.tcc.api.BusinessActionContextParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The reservation's try. All calls belong to the global transaction whose Xid they carry. */
@HttpExchange("/protocol/tcc/reservation-tries")
interface ReservationTryApi {

  /** See {@link org.ticketing.reservation.ReservationParticipant#tryComplete}. */
  @PostExchange
  void tryComplete(@Valid @RequestBody ReservationTry wanted);

  /**
   * Takes the payment's branch away from Seata's server, which has forgotten it: until the
   * payment's record is decided, the reservation is neither confirmed nor released. If there is no
   * open branch, none can come later.
   */
  @PostExchange("/orphans")
  Orphan orphan(@Valid @RequestBody ReservationOrphan payment);

  /**
   * The annotated values go to Seata's server with the branch and come back in phase two.
   *
   * @param price that is paid; null from a payment process of an earlier version
   */
  record ReservationTry(
      @NotNull @BusinessActionContextParameter("paymentId") UUID paymentId,
      @NotNull @BusinessActionContextParameter("reservationId") UUID reservationId,
      Long price) {}

  record ReservationOrphan(@NotNull UUID paymentId, @NotNull UUID reservationId) {}
}
