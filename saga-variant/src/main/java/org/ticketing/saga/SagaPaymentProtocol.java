package org.ticketing.saga;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.seata.saga.engine.StateMachineEngine;
import org.apache.seata.saga.statelang.domain.ExecutionStatus;
import org.apache.seata.saga.statelang.domain.StateInstance;
import org.apache.seata.saga.statelang.domain.StateMachineInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
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
 * Step after step, each done for good at once; when one fails, those before it are compensated. The
 * steps are in {@code payment-saga.json}.
 */
@Component
@ConditionalOnHosted("payment")
class SagaPaymentProtocol implements PaymentProtocol {

  private final StateMachineEngine engine;
  private final JdbcClient sagaLog;

  SagaPaymentProtocol(StateMachineEngine engine, JdbcClient sagaLog) {
    this.engine = engine;
    this.sagaLog = sagaLog;
  }

  @Override
  public Receipt pay(PaymentCommand command) {
    StateMachineInstance saga = run(command);
    if (saga.getStatus() == ExecutionStatus.SU && saga.getCompensationStatus() == null) {
      return receiptIfLogged(command);
    }
    throw failureOf(saga);
  }

  /** Until its success is logged, a saga whose last step is done may yet be compensated. */
  @Override
  public Set<UUID> finalOf(Set<UUID> completed) {
    return sagaLog
        .sql(
            """
            SELECT business_key FROM seata_state_machine_inst
            WHERE business_key IN (:payments)
              AND status = 'SU' AND is_running IS NOT TRUE AND compensation_status IS NULL""")
        .param("payments", completed.stream().map(UUID::toString).toList())
        .query((row, number) -> UUID.fromString(row.getString("business_key")))
        .set();
  }

  private StateMachineInstance run(PaymentCommand command) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("paymentId", command.paymentId());
    parameters.put("idempotencyKey", command.idempotencyKey());
    parameters.put("userId", command.userId());
    parameters.put("reservationId", command.reservationId());
    parameters.put("amount", command.amount());
    try {
      return engine.startWithBusinessKey(
          "payment", null, command.paymentId().toString(), parameters);
    } catch (RuntimeException interrupted) {
      if (!isLogged(command.paymentId())) {
        throw new ServiceUnavailable("The payment could not be begun.", interrupted);
      }
      throw new OutcomeUnknown("The payment was interrupted and will be undone.", interrupted);
    }
  }

  /**
   * What the log says counts, not what the engine remembers: when the time has run out meanwhile,
   * the payment is being compensated, and then the engine could not log its success.
   */
  private Receipt receiptIfLogged(PaymentCommand command) {
    if (!isFinal(command.paymentId())) {
      throw new OutcomeUnknown("The payment took too long and is being undone.", null);
    }
    return command.receipt();
  }

  private boolean isLogged(UUID paymentId) {
    return sagaLog
        .sql("SELECT EXISTS (SELECT 1 FROM seata_state_machine_inst WHERE business_key = ?)")
        .param(paymentId.toString())
        .query(Boolean.class)
        .single();
  }

  private static RuntimeException failureOf(StateMachineInstance saga) {
    Exception failure =
        saga.getStateList().stream()
            .filter(step -> !step.isForCompensation())
            .map(StateInstance::getException)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(saga.getException());
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
}
