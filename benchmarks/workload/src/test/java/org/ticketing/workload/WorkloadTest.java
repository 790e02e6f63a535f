package org.ticketing.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ticketing.workload.PlannedPayment.Expected;
import org.ticketing.workload.Workload.Mix;

class WorkloadTest {

  private static final Answer COMPLETED = Answer.completed(UUID.randomUUID());
  private static final Answer TOO_FEW = Answer.refused("insufficient-points");
  private static final Answer LATE = Answer.refused("reservation-expired");

  @Test
  void aShareOfRivalsIsAtLeastOnePair() {
    assertThat(new Workload(10, 1, new Mix(0, 0, 0.05, 0, 1)).rivalPairs()).isEqualTo(1);
    assertThat(new Workload(1000, 1, new Mix(0, 0, 0.05, 0, 1)).rivalPairs()).isEqualTo(25);
    assertThat(new Workload(1000, 1, new Mix(0, 0, 0, 0, 1)).rivalPairs()).isZero();
  }

  @Test
  void oneClientHasNoRivals() {
    Workload workload = new Workload(1000, 8, new Mix(0.05, 0.1, 0.05, 0.2, 4)).forOneClient();
    assertThat(workload.clients()).isEqualTo(1);
    assertThat(workload.rivalPairs()).isZero();
    assertThat(workload.latePayments()).isEqualTo(100);
  }

  @Test
  void thereCannotBeMorePoorLateAndRivalPaymentsThanPayments() {
    assertThat(new Workload(10, 1, new Mix(0.5, 0.3, 0.2, 0, 1)).rivalPairs()).isEqualTo(1);
    assertThatThrownBy(() -> new Workload(10, 1, new Mix(0.5, 0.4, 0.2, 0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than all payments");
  }

  @Test
  void ofTwoRivalsEitherMayFindThePointsGone() {
    assertThat(Expected.RIVAL.isMetBy(COMPLETED)).isTrue();
    assertThat(Expected.RIVAL.isMetBy(TOO_FEW)).isTrue();
    assertThat(Expected.RIVAL.isMetBy(LATE)).isFalse();
    assertThat(Expected.LATE_RIVAL.isMetBy(COMPLETED)).isFalse();
    assertThat(Expected.LATE_RIVAL.isMetBy(TOO_FEW)).isTrue();
    assertThat(Expected.LATE_RIVAL.isMetBy(LATE)).isTrue();
  }

  @Test
  void aLatePaymentWithoutRivalIsRefusedLate() {
    assertThat(Expected.LATE.isMetBy(LATE)).isTrue();
    assertThat(Expected.LATE.isMetBy(TOO_FEW)).isFalse();
    assertThat(Expected.LATE.isMetBy(Answer.unknown("HTTP 503"))).isFalse();
    assertThat(Expected.LATE.isMetBy(Answer.failed("service-unavailable"))).isFalse();
  }

  @Test
  void rivalsAreSentDirectlyAfterEachOtherTheLateOneFirst() {
    List<PlannedPayment> payments = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      payments.add(paymentOf(aCustomer(), Expected.COMPLETED));
    }
    for (int i = 0; i < 5; i++) {
      Customer customer = aCustomer();
      payments.add(0, paymentOf(customer, Expected.LATE_RIVAL));
      payments.add(paymentOf(customer, Expected.RIVAL));
    }

    List<PlannedPayment> order = BoxOffice.inOrder(payments, new Random(1));

    assertThat(order).containsExactlyInAnyOrderElementsOf(payments).isNotEqualTo(payments);
    List<PlannedPayment> late =
        order.stream().filter(one -> one.expected() == Expected.LATE_RIVAL).toList();
    assertThat(late)
        .hasSize(5)
        .allSatisfy(
            one -> {
              PlannedPayment next = order.get(order.indexOf(one) + 1);
              assertThat(next.customer()).isEqualTo(one.customer());
              assertThat(next.expected()).isEqualTo(Expected.RIVAL);
            });
  }

  private static Customer aCustomer() {
    return new Customer(UUID.randomUUID(), null);
  }

  private static PlannedPayment paymentOf(Customer customer, Expected expected) {
    return new PlannedPayment(customer, UUID.randomUUID(), 10, expected);
  }
}
