package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.ticketing.platform.tracking.TransactionState.COMPLETED;
import static org.ticketing.platform.tracking.TransactionState.UNDONE;
import static org.ticketing.platform.tracking.TransactionState.UNKNOWN;
import static org.ticketing.platform.tracking.TransactionState.WORKING;

import java.time.Clock;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;
import org.slf4j.MDC;
import org.ticketing.platform.LogField;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.platform.tracking.TransactionState;

class PaymentLogTest {

  private final TransactionLog log = mock();
  private final PaymentLog payments = new PaymentLog(log, Clock.systemUTC());
  private final UUID id = UUID.randomUUID();
  private final Order order =
      new Order(UUID.randomUUID(), "a key: with  spaces", UUID.randomUUID());

  @AfterEach
  void clear() {
    MDC.clear();
  }

  @Test
  void aPaymentBeginsWithWhatWasAskedForAndEndsWithItsTransaction() {
    var receipt = new Receipt(id, order.userId(), order.reservationId(), 10);

    Receipt answer =
        payments.write(
            id,
            order,
            () -> {
              LogField.XID.set("xid");
              return receipt;
            });

    assertThat(answer).isSameAs(receipt);
    InOrder entries = inOrder(log);
    ArgumentCaptor<String> cause = ArgumentCaptor.captor();
    entries.verify(log).changed(eq(id), isNull(), isNull(), eq(WORKING), cause.capture());
    entries.verify(log).changed(id, "xid", WORKING, COMPLETED, null);
    assertThat(PaymentLog.order(cause.getValue())).contains(order);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(
            new Refusal(Reason.INSUFFICIENT_POINTS, "No."), UNDONE, "insufficient-points: No."),
        arguments(
            new Refusal(Reason.SERVICE_UNAVAILABLE, "No."), UNDONE, "service-unavailable: No."),
        arguments(new Refusal(Reason.PAYMENT_IN_PROGRESS, "Wait."), UNKNOWN, "in-progress"),
        arguments(new DuplicatePayment(), UNDONE, "another payment has the key"),
        arguments(new OutcomeUnknown("Ask again.", null), UNKNOWN, "Ask again."),
        arguments(new IllegalStateException("a defect"), UNKNOWN, "a defect"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aPaymentThatThrowsEndsWithTheReason(
      RuntimeException failure, TransactionState state, String cause) {
    assertThatThrownBy(
            () ->
                payments.write(
                    id,
                    order,
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);

    verify(log).changed(eq(id), isNull(), eq(WORKING), eq(state), contains(cause));
  }

  @Test
  void thatTheCustomerAsksAgainIsWrittenOfTheFirstPayment() {
    payments.askedAgain(id);

    verify(log).phase(eq(id), isNull(), eq("asked again"), eq("payment"), any(), any(), isNull());
  }

  @Test
  void aCauseOfAnotherKindNamesNoOrder() {
    assertThat(PaymentLog.order(null)).isEmpty();
    assertThat(PaymentLog.order("the timeout is over")).isEmpty();
  }
}
