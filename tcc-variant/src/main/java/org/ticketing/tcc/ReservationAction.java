package org.ticketing.tcc;

import java.util.UUID;
import org.apache.seata.core.context.RootContext;
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

  private static final String NAME = "reservation";

  private final ReservationParticipant reservations;
  private final OpenBranches branches;

  ReservationAction(ReservationParticipant reservations, OpenBranches branches) {
    this.reservations = reservations;
    this.branches = branches;
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @TwoPhaseBusinessAction(
      name = NAME,
      commitMethod = "confirm",
      commitArgsClasses = {String.class, String.class},
      rollbackMethod = "release",
      rollbackArgsClasses = {String.class, String.class},
      useTCCFence = true)
  public void tryComplete(
      @BusinessActionContextParameter(isParamInProperty = true) ReservationTry wanted) {
    reservations.tryComplete(wanted.paymentId(), wanted.reservationId(), wanted.price());
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

  @Override
  public Orphan orphan(ReservationOrphan payment) {
    if (!branches.orphan(RootContext.getXID(), NAME, payment.paymentId())) {
      // Keeps out a try that comes late.
      reservations.release(payment.paymentId(), payment.reservationId());
    }
    return new Orphan(reservations.isConfirmed(payment.paymentId(), payment.reservationId()));
  }
}
