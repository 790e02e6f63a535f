package org.ticketing.choreography;

import static org.ticketing.choreography.EventKind.PAYMENT_CANCELLED;
import static org.ticketing.choreography.EventKind.PAYMENT_REQUESTED;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.ticketing.choreography.AwaitedEnds.Awaited;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.payment.PaymentProtocol;
import org.ticketing.payment.Receipt;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Phases;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/**
 * Choreography: records the payment, tells that it is requested, and waits until the events of the
 * others have ended it. Nobody conducts: {@link EventKind} has who reacts to what.
 */
@Component
@ConditionalOnHosted("payment")
class ChoreographyPaymentProtocol implements PaymentProtocol {

  private static final Refusal TOO_LATE =
      new Refusal(Reason.SERVICE_UNAVAILABLE, "The payment took too long and is being undone.");

  private final PaymentParticipant payments;
  private final Publication publication;
  private final AwaitedEnds ends;
  private final Cancellation cancellation;
  private final TransactionOperations transactions;
  private final Undoings undoings;
  private final Phases phases;
  private final Duration timeout;

  ChoreographyPaymentProtocol(
      PaymentParticipant payments,
      Publication publication,
      AwaitedEnds ends,
      Cancellation cancellation,
      TransactionOperations transactions,
      Undoings undoings,
      Phases phases,
      ChoreographySettings settings) {
    this.payments = payments;
    this.publication = publication;
    this.ends = ends;
    this.cancellation = cancellation;
    this.transactions = transactions;
    this.undoings = undoings;
    this.phases = phases;
    this.timeout = settings.paymentTimeout();
  }

  @Override
  public Receipt pay(PaymentCommand command) {
    try (Awaited awaited = ends.await(command.paymentId())) {
      phases.run("step", "payment", () -> request(command));
      Optional<Refusal> end = awaited.within(timeout);
      return answer(command, end == null ? cancel(command) : end);
    }
  }

  private void request(PaymentCommand command) {
    transactions.executeWithoutResult(
        transaction -> {
          payments.requestOnce(command);
          publication.publish(PaymentEvent.of(PAYMENT_REQUESTED, command));
        });
  }

  /** Gives it up, and returns how it has ended: by that, or by an event that came before. */
  private Optional<Refusal> cancel(PaymentCommand command) {
    if (cancellation.cancel(PaymentEvent.of(PAYMENT_CANCELLED, command), TOO_LATE)) {
      cancellation.awaitUndone(command.paymentId());
      throw new ServiceUnavailable(TOO_LATE.getMessage());
    }
    return Optional.ofNullable(payments.ended(Set.of(command.paymentId())).get(command.paymentId()))
        .orElseThrow(
            () -> new OutcomeUnknown("The record of the payment is not to be found.", null));
  }

  @Override
  public boolean isUndoing(UUID userId) {
    return undoings.hasOneOf(userId);
  }

  private static Receipt answer(PaymentCommand command, Optional<Refusal> end) {
    end.ifPresent(
        refusal -> {
          throw refusal;
        });
    return command.receipt();
  }
}
