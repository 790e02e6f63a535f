package org.ticketing.saga;

import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.seata.saga.engine.StateMachineEngine;
import org.apache.seata.saga.statelang.domain.ExecutionStatus;
import org.apache.seata.saga.statelang.domain.StateInstance;
import org.apache.seata.saga.statelang.domain.StateMachineInstance;
import org.springframework.stereotype.Component;
import org.ticketing.payment.DuplicatePayment;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentProtocol;
import org.ticketing.payment.Receipt;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/**
 * Saga: makes the payment step by step, each done for good at once. When one fails, those before it
 * are compensated. {@link PaymentSaga} has the steps.
 */
@Component
@ConditionalOnHosted("payment")
class SagaPaymentProtocol implements PaymentProtocol {

  private final StateMachineEngine engine;
  private final Sagas sagas;

  SagaPaymentProtocol(StateMachineEngine engine, Sagas sagas) {
    this.engine = engine;
    this.sagas = sagas;
  }

  @Override
  public Receipt pay(PaymentCommand command) {
    StateMachineInstance saga = run(command);
    if (saga.getStatus() != ExecutionStatus.SU || saga.getCompensationStatus() != null) {
      throw failureOf(saga);
    }
    // The log decides, not what the engine remembers: when the time has run out meanwhile, the
    // payment is being compensated, and the engine could not log its success.
    if (!isFinal(command.paymentId())) {
      throw new OutcomeUnknown("The payment took too long and is being undone.", null);
    }
    return command.receipt();
  }

  /** A saga whose last step is done may still be compensated until its success is logged. */
  @Override
  public Set<UUID> finalOf(Set<UUID> completed) {
    return sagas.succeeded(completed);
  }

  /** The log has one saga a payment; what has become of it is up to its compensation. */
  @Override
  public boolean isRepeatable(UUID paymentId, boolean recorded) {
    return !recorded && !sagas.hasBegun(paymentId);
  }

  private StateMachineInstance run(PaymentCommand command) {
    UUID paymentId = command.paymentId();
    try {
      return engine.startWithBusinessKey(
          PaymentSaga.DEFINITION.name(),
          null,
          paymentId.toString(),
          PaymentSaga.parameters(command));
    } catch (RuntimeException interrupted) {
      if (!sagas.hasBegun(paymentId)) {
        throw new ServiceUnavailable("The payment could not be begun.", interrupted);
      }
      throw new OutcomeUnknown("The payment was interrupted and will be undone.", interrupted);
    }
  }

  private static RuntimeException failureOf(StateMachineInstance saga) {
    Exception failure = firstFailureOf(saga);
    boolean undone =
        saga.getCompensationStatus() == ExecutionStatus.SU
            || saga.getStatus() == ExecutionStatus.FA && saga.getCompensationStatus() == null;
    if (undone && failure instanceof Refusal refusal) {
      return refusal;
    }
    if (undone && failure instanceof DuplicatePayment duplicate) {
      return duplicate;
    }
    return new ServiceUnavailable(
        undone ? "The payment has been undone." : "The payment is being undone.", failure);
  }

  private static Exception firstFailureOf(StateMachineInstance saga) {
    return saga.getStateList().stream()
        .filter(step -> !step.isForCompensation())
        .map(StateInstance::getException)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(saga.getException());
  }
}
