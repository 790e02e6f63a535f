package org.ticketing.tcc;

import java.util.UUID;
import org.apache.seata.rm.tcc.api.BusinessActionContextParameter;
import org.apache.seata.rm.tcc.api.LocalTCC;
import org.apache.seata.rm.tcc.api.TwoPhaseBusinessAction;
import org.springframework.context.annotation.DependsOn;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.reservation.ReservationParticipant;

/**
 * The reservation's part: the payment process calls its try over HTTP, Seata's server calls confirm
 * or release.
 */
@RestController
@ConditionalOnHosted("reservation")
@LocalTCC
@DependsOn(ParticipantConfiguration.FENCE)
public class ReservationAction implements ReservationTryApi {

  private final ReservationParticipant reservations;

  ReservationAction(ReservationParticipant reservations) {
    this.reservations = reservations;
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @TwoPhaseBusinessAction(
      name = "reservation",
      commitMethod = "confirm",
      commitArgsClasses = {String.class, String.class},
      rollbackMethod = "release",
      rollbackArgsClasses = {String.class, String.class},
      useTCCFence = true)
  public void tryComplete(
      @BusinessActionContextParameter(isParamInProperty = true) ReservationTry wanted) {
    reservations.tryComplete(wanted.paymentId(), wanted.reservationId());
  }

  public void confirm(
      @BusinessActionContextParameter("paymentId") String paymentId,
      @BusinessActionContextParameter("reservationId") String reservationId) {
    reservations.confirm(UUID.fromString(paymentId), UUID.fromString(reservationId));
  }

  public void release(
      @BusinessActionContextParameter("paymentId") String paymentId,
      @BusinessActionContextParameter("reservationId") String reservationId) {
    reservations.release(UUID.fromString(paymentId), UUID.fromString(reservationId));
  }
}
