package org.ticketing.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ticketing.payment.PaymentApi;
import org.ticketing.reservation.ReservationApi.Status;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Operation;
import org.ticketing.workload.history.Operation.EntriesRead;
import org.ticketing.workload.history.Operation.ListedPayment;
import org.ticketing.workload.history.Operation.Pay;
import org.ticketing.workload.history.Operation.PaymentsRead;
import org.ticketing.workload.history.Operation.ReservationRead;
import org.ticketing.workload.history.Outcome;

class SmallestHistoryTest {

  private static final int READER = 1;
  private static final UUID USER = new UUID(0, 1);
  private static final UUID PAYMENT = new UUID(0, 2);
  private static final UUID RESERVATION = new UUID(0, 3);
  private static final UUID OTHER_PAYMENT = new UUID(0, 4);
  private static final UUID OTHER_RESERVATION = new UUID(0, 5);

  private final History history = new History("by hand");

  @Test
  void ofAFractureHasThePaymentAndTheReadsBetweenWhichItLastedLongest() {
    Pay pay = pays(0, 100, RESERVATION, Outcome.COMPLETED, null, PAYMENT);
    pays(0, 90, OTHER_RESERVATION, Outcome.COMPLETED, null, OTHER_PAYMENT);
    EntriesRead first = seesUsed(10, 20, PAYMENT, OTHER_PAYMENT);
    finds(21, 25, RESERVATION, Status.HELD);
    seesUsed(26, 30, PAYMENT);
    ReservationRead last = finds(70, 80, RESERVATION, Status.HELD);
    EntriesRead still = seesUsed(90, 95, PAYMENT, OTHER_PAYMENT);
    finds(81, 85, OTHER_RESERVATION, Status.CONFIRMED);
    ReservationRead confirmed = finds(110, 120, RESERVATION, Status.CONFIRMED);
    finds(130, 140, RESERVATION, Status.CONFIRMED);
    PaymentsRead listed = lists(200, 210);

    History smallest = SmallestHistory.ofFracturedRead(history).orElseThrow();

    assertThat(smallest.operations())
        .containsExactly(
            pay,
            first.of(PAYMENT),
            last,
            still.of(PAYMENT),
            confirmed,
            listed.of(only(RESERVATION)));
    assertThat(FracturedReads.in(smallest).fractured()).isEqualTo(1);
    assertThat(smallest.origin()).isEqualTo(history.origin());
  }

  @Test
  void aFractureIsNotTakenToLastBeyondTheLastUseThatWasSeen() {
    pays(0, 100, RESERVATION, Outcome.REFUSED, "reservation-expired", null);
    seesUsed(10, 20, PAYMENT);
    EntriesRead last = seesUsed(30, 40, PAYMENT);
    ReservationRead soon = finds(41, 50, RESERVATION, Status.HELD);
    ReservationRead muchLater = finds(900, 910, RESERVATION, Status.EXPIRED);
    lists(1000, 1010);

    assertThat(SmallestHistory.ofFracturedRead(history).orElseThrow().operations())
        .contains(last, soon)
        .doesNotContain(muchLater);
  }

  @Test
  void ofAFractureIsMissingWhereReadersSawNone() {
    pays(0, 100, RESERVATION, Outcome.COMPLETED, null, PAYMENT);
    seesUsed(10, 20, PAYMENT);
    finds(30, 40, RESERVATION, Status.CONFIRMED);

    assertThat(SmallestHistory.ofFracturedRead(history)).isEmpty();
  }

  @Test
  void ofARefusalHasThePaymentAndWhatWasSeenAfterIt() {
    pays(0, 5, OTHER_RESERVATION, Outcome.COMPLETED, null, OTHER_PAYMENT);
    Pay pay = pays(0, 10, RESERVATION, Outcome.REFUSED, "reservation-expired", null);
    seesUsed(5, 9, PAYMENT);
    EntriesRead wallet = seesUsed(20, 30, PAYMENT, OTHER_PAYMENT);
    ReservationRead reservation = finds(31, 40, RESERVATION, Status.HELD);
    finds(41, 50, RESERVATION, Status.EXPIRED);
    PaymentsRead listed = lists(200, 210);

    assertThat(SmallestHistory.ofRefusalWithPointsUsed(history).orElseThrow().operations())
        .containsExactly(pay, wallet.of(PAYMENT), reservation, listed.of(only(RESERVATION)));
  }

  @Test
  void ofARefusalIsMissingWherePointsCameBack() {
    pays(0, 10, RESERVATION, Outcome.REFUSED, "reservation-expired", null);
    seesUsed(20, 30, PAYMENT);
    history.add(new EntriesRead(40, 50, READER, USER, List.of(PAYMENT), List.of(PAYMENT)));
    lists(200, 210);

    assertThat(SmallestHistory.ofRefusalWithPointsUsed(history)).isEmpty();
  }

  @Test
  void ofARefusalIsMissingWherePointsWereSeenUsedOnlyBeforeIt() {
    pays(0, 30, RESERVATION, Outcome.REFUSED, "reservation-expired", null);
    seesUsed(10, 20, PAYMENT);
    lists(200, 210);

    assertThat(SmallestHistory.ofRefusalWithPointsUsed(history)).isEmpty();
  }

  private Pay pays(
      long start, long end, UUID reservation, Outcome outcome, String reason, UUID payment) {
    return add(new Pay(start, end, 0, "key", USER, reservation, 10, outcome, reason, payment));
  }

  private EntriesRead seesUsed(long start, long end, UUID... payments) {
    return add(new EntriesRead(start, end, READER, USER, List.of(payments), List.of()));
  }

  private ReservationRead finds(long start, long end, UUID reservation, Status status) {
    return add(new ReservationRead(start, end, READER, reservation, status, null));
  }

  private PaymentsRead lists(long start, long end) {
    return add(
        new PaymentsRead(
            start,
            end,
            USER,
            List.of(
                new ListedPayment(OTHER_PAYMENT, OTHER_RESERVATION, PaymentApi.Status.COMPLETED),
                new ListedPayment(PAYMENT, RESERVATION, PaymentApi.Status.FAILED))));
  }

  private <T extends Operation> T add(T operation) {
    history.add(operation);
    return operation;
  }

  private static Set<UUID> only(UUID id) {
    return Set.of(id);
  }
}
