package org.ticketing.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ticketing.workload.history.Outcome.COMPLETED;
import static org.ticketing.workload.history.Outcome.FAILED;
import static org.ticketing.workload.history.Outcome.REFUSED;
import static org.ticketing.workload.history.Outcome.UNKNOWN;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Operation.Charge;
import org.ticketing.workload.history.Operation.ListedPayment;
import org.ticketing.workload.history.Operation.Pay;
import org.ticketing.workload.history.Operation.PaymentsRead;
import org.ticketing.workload.history.Outcome;

/** Histories written by hand: what costs 10 points is asked for out of small wallets. */
class FalseRefusalsTest {

  private static final UUID USER = UUID.randomUUID();
  private static final UUID ANOTHER_USER = UUID.randomUUID();
  private static final String TOO_FEW = "insufficient-points";
  private static final String LATE = "reservation-expired";

  private final History history = new History("by hand");

  private void charged(long points) {
    charged(0, 5, "opening", points);
  }

  private void charged(long start, long end, String key, long points) {
    history.add(new Charge(start, end, USER, key, points, true));
  }

  private UUID pays(long start, long end, Outcome outcome, String reason) {
    UUID reservation = UUID.randomUUID();
    pays(start, end, UUID.randomUUID().toString(), reservation, outcome, reason);
    return reservation;
  }

  private void pays(
      long start, long end, String key, UUID reservation, Outcome outcome, String reason) {
    UUID payment = outcome == COMPLETED ? UUID.randomUUID() : null;
    history.add(new Pay(start, end, 0, key, USER, reservation, 10, outcome, reason, payment));
  }

  private void settles(UUID reservation, Status... statuses) {
    history.add(
        new PaymentsRead(
            900,
            910,
            USER,
            List.of(statuses).stream()
                .map(status -> new ListedPayment(UUID.randomUUID(), reservation, status))
                .toList()));
  }

  private int falseRefusals() {
    return FalseRefusals.in(history).count();
  }

  @Test
  void aPaymentRefusedWhileALateOneHeldThePointsIsRefusedFalsely() {
    charged(10);
    pays(10, 50, REFUSED, LATE);
    UUID refused = pays(20, 30, REFUSED, TOO_FEW);

    assertThat(FalseRefusals.in(history).refusals())
        .extracting(Pay::reservation)
        .containsExactly(refused);
  }

  @Test
  void alsoWhenThePointsAreGoneForGood() {
    charged(10);
    pays(10, 20, REFUSED, LATE);
    pays(30, 40, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isEqualTo(1);
  }

  @Test
  void aWalletThatNeverHadEnoughRefusesRightly() {
    charged(9);
    pays(10, 50, REFUSED, LATE);
    pays(20, 30, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isZero();
  }

  @Test
  void pointsThatAPaymentBeforeTookAreSpent() {
    charged(10);
    pays(10, 20, COMPLETED, null);
    pays(30, 40, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isZero();
  }

  @Test
  void soAreThoseThatAPaymentUnderWayMayHaveTaken() {
    charged(10);
    pays(29, 90, COMPLETED, null);
    pays(10, 30, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isZero();
  }

  @Test
  void notThoseOfAPaymentThatWasAskedForLater() {
    charged(10);
    pays(5, 60, REFUSED, LATE);
    pays(10, 30, REFUSED, TOO_FEW);
    pays(31, 40, COMPLETED, null);

    assertThat(falseRefusals()).isEqualTo(1);
  }

  @Test
  void whatIsLeftAfterACompletedPaymentMayBeRefusedFalsely() {
    charged(20);
    pays(10, 20, COMPLETED, null);
    pays(25, 60, REFUSED, LATE);
    pays(30, 40, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isEqualTo(1);
  }

  @Test
  void aPaymentOfUnknownOutcomeMayHaveTakenThePointsRightly() {
    charged(10);
    pays(10, 50, UNKNOWN, "SocketTimeoutException");
    pays(20, 30, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isZero();
  }

  @Test
  void untilTheSystemSaysThatItFailed() {
    charged(10);
    UUID lost = pays(10, 50, UNKNOWN, "SocketTimeoutException");
    pays(20, 30, REFUSED, TOO_FEW);
    settles(lost, Status.FAILED);

    assertThat(falseRefusals()).isEqualTo(1);
  }

  @Test
  void aFailedPaymentGivesItsPointsBack() {
    charged(10);
    pays(10, 50, FAILED, "service-unavailable");
    pays(20, 30, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isEqualTo(1);
  }

  @Test
  void aPaymentThatWasNeverSentTookNoPoints() {
    charged(10);
    pays(10, 12, FAILED, "HttpHostConnectException");
    pays(20, 30, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isEqualTo(1);
  }

  @Test
  void aPaymentThatCouldNotBeAskedForAgainIsStillUnknown() {
    charged(10);
    UUID reservation = UUID.randomUUID();
    pays(10, 20, "k", reservation, UNKNOWN, "NoHttpResponseException");
    pays(21, 25, "k", reservation, FAILED, "HttpHostConnectException");
    pays(30, 40, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isZero();
  }

  @Test
  void ofTwoLostPaymentsOfOneReservationEitherMayBeTheOneThatDidNotFail() {
    charged(10);
    UUID lost = pays(10, 50, UNKNOWN, "SocketTimeoutException");
    pays(11, 50, "another key", lost, UNKNOWN, "SocketTimeoutException");
    pays(20, 30, REFUSED, TOO_FEW);
    settles(lost, Status.FAILED, Status.COMPLETED);

    assertThat(falseRefusals()).isZero();
  }

  @Test
  void aPaymentInProgressIsNotOverAndMayTakeThePoints() {
    charged(10);
    pays(10, 15, REFUSED, "payment-in-progress");
    pays(20, 30, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isZero();
  }

  @Test
  void aPaymentAskedForAgainIsOnePayment() {
    charged(20);
    UUID reservation = UUID.randomUUID();
    pays(10, 20, "k", reservation, UNKNOWN, "NoHttpResponseException");
    pays(21, 25, "k", reservation, FAILED, "HttpHostConnectException");
    pays(30, 40, "k", reservation, COMPLETED, null);
    pays(22, 80, REFUSED, LATE);
    pays(50, 60, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isEqualTo(1);
  }

  @Test
  void aRefusalToldAgainIsOneRefusal() {
    charged(10);
    UUID reservation = UUID.randomUUID();
    pays(10, 50, REFUSED, LATE);
    pays(20, 30, "k", reservation, REFUSED, TOO_FEW);
    pays(31, 40, "k", reservation, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isEqualTo(1);
  }

  @Test
  void aRefusalToldAtTheSecondRequestMayBeAsOldAsTheFirst() {
    charged(0, 5, "opening", 9);
    UUID reservation = UUID.randomUUID();
    pays(10, 20, "k", reservation, UNKNOWN, "NoHttpResponseException");
    charged(22, 25, "later", 1);
    pays(30, 40, "k", reservation, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isZero();
  }

  @Test
  void aChargeThatWasNotOverWhenThePaymentBeganMayHaveComeTooLate() {
    charged(9);
    charged(8, 11, "later", 1);
    pays(10, 30, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isZero();
  }

  @Test
  void aChargeThatWasNotConfirmedMayNotHaveHappened() {
    charged(9);
    history.add(new Charge(6, 8, USER, "later", 1, false));
    pays(10, 30, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isZero();
  }

  @Test
  void aChargeAskedForAgainIsOneCharge() {
    charged(0, 3, "opening", 5);
    charged(4, 6, "opening", 5);
    pays(10, 30, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isZero();
  }

  @Test
  void chargesOfSeveralTimesAddUp() {
    charged(0, 3, "opening", 5);
    charged(4, 6, "later", 5);
    pays(10, 30, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isEqualTo(1);
  }

  @Test
  void anotherWalletHasNothingToDoWithIt() {
    charged(10);
    pays(10, 50, REFUSED, LATE);
    history.add(
        new Pay(
            5, 9, 0, "k", ANOTHER_USER, UUID.randomUUID(), 10, COMPLETED, null, UUID.randomUUID()));
    pays(20, 30, REFUSED, TOO_FEW);

    assertThat(falseRefusals()).isEqualTo(1);
  }

  @Test
  void otherRefusalsAreNotFalse() {
    charged(10);
    pays(10, 20, REFUSED, LATE);
    pays(30, 40, REFUSED, "reservation-not-held");

    assertThat(falseRefusals()).isZero();
  }

  @Test
  void countsThoseOfARound() {
    charged(10);
    pays(10, 50, REFUSED, LATE);
    pays(20, 30, REFUSED, TOO_FEW);
    pays(60, 70, REFUSED, TOO_FEW);

    assertThat(FalseRefusals.in(history).countDuring(0, 60)).isEqualTo(1);
    assertThat(FalseRefusals.in(history).countDuring(60, 100)).isEqualTo(1);
  }
}
