package org.ticketing.tcc;

import org.apache.seata.core.context.RootContext;
import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.tcc.PointTryApi.PointOrphan;
import org.ticketing.tcc.ReservationTryApi.ReservationOrphan;

/**
 * Decides the payments that Seata's server has forgotten. The payment's own branch is the decision:
 * whoever ends it first, the server or this, has decided, and all others follow its record.
 */
@Component
@ConditionalOnHosted("payment")
class ForgottenPayments {

  private final OpenBranches branches;
  private final PaymentParticipant payments;
  private final PointTryApi points;
  private final ReservationTryApi reservations;

  ForgottenPayments(
      OpenBranches branches,
      PaymentParticipant payments,
      PointTryApi points,
      ReservationTryApi reservations) {
    this.branches = branches;
    this.payments = payments;
    this.points = points;
    this.reservations = reservations;
  }

  /**
   * Ends the payment's own branch. A payment that is REQUESTED is completed if another participant
   * has confirmed, for then the server had decided so; else it fails.
   *
   * @throws ServiceUnavailable a participant cannot be asked; nothing is decided
   */
  void decide(Branch branch) {
    PaymentView payment = payments.find(branch.paymentId()).orElseThrow();
    boolean complete =
        switch (payment.status()) {
          case COMPLETED -> true;
          case FAILED -> false;
          case REQUESTED -> isConfirmedElsewhere(branch.xid(), payment);
        };
    branches.end(branch, payment, complete);
  }

  /** Both participants are asked in any case: from then on neither can confirm by itself. */
  private boolean isConfirmedElsewhere(String xid, PaymentView payment) {
    RootContext.bind(xid);
    try {
      Orphan pointOrphan = points.orphan(new PointOrphan(payment.id(), payment.userId()));
      Orphan reservationOrphan =
          reservations.orphan(new ReservationOrphan(payment.id(), payment.reservationId()));
      return pointOrphan.confirmed() || reservationOrphan.confirmed();
    } finally {
      RootContext.unbind();
    }
  }
}
