package org.ticketing.tcc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.seata.core.context.RootContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.tcc.PointTryApi.PointOrphan;
import org.ticketing.tcc.ReservationTryApi.ReservationOrphan;

class ForgottenPaymentsTest {

  private static final String XID = "127.0.0.1:8091:1";

  private final OpenBranches branches = mock();
  private final PaymentParticipant payments = mock();
  private final PointTryApi points = mock();
  private final ReservationTryApi reservations = mock();
  private final ForgottenPayments forgotten =
      new ForgottenPayments(branches, payments, points, reservations);

  private final Branch branch = new Branch(XID, 1, PaymentAction.NAME, UUID.randomUUID(), false);

  @ParameterizedTest
  @CsvSource({
    "false, false, false",
    "false, true, true",
    "true, false, true",
    "true, true, true",
  })
  void aPaymentIsCompletedIfAnotherHasConfirmed(
      boolean pointsUsed, boolean reservationConfirmed, boolean completed) {
    PaymentView payment = recorded(Status.REQUESTED);
    when(points.orphan(any())).thenAnswer(call -> orphanOfTheTransaction(pointsUsed));
    when(reservations.orphan(any()))
        .thenAnswer(call -> orphanOfTheTransaction(reservationConfirmed));

    forgotten.decide(branch);

    verify(points).orphan(new PointOrphan(payment.id(), payment.userId()));
    verify(reservations).orphan(new ReservationOrphan(payment.id(), payment.reservationId()));
    verify(branches).end(branch, payment, completed);
  }

  @Test
  void nothingIsDecidedBeforeBothHaveAnswered() {
    recorded(Status.REQUESTED);
    when(points.orphan(any())).thenReturn(new Orphan(true));
    when(reservations.orphan(any())).thenThrow(new ServiceUnavailable("no answer"));

    assertThatThrownBy(() -> forgotten.decide(branch)).isInstanceOf(ServiceUnavailable.class);

    verifyNoInteractions(branches);
  }

  @ParameterizedTest
  @CsvSource({"COMPLETED, true", "FAILED, false"})
  void aPaymentThatIsDecidedStaysSo(Status status, boolean completed) {
    PaymentView payment = recorded(status);

    forgotten.decide(branch);

    verify(branches).end(branch, payment, completed);
    verifyNoInteractions(points, reservations);
  }

  /** The Xid goes along with the call. */
  private static Orphan orphanOfTheTransaction(boolean confirmed) {
    return XID.equals(RootContext.getXID()) ? new Orphan(confirmed) : null;
  }

  private PaymentView recorded(Status status) {
    var payment =
        new PaymentView(
            branch.paymentId(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            100L,
            status,
            status == Status.FAILED ? "payment-cancelled" : null,
            Instant.EPOCH,
            null);
    when(payments.find(branch.paymentId())).thenReturn(Optional.of(payment));
    return payment;
  }
}
