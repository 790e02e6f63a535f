package org.ticketing.tcc;

import java.util.UUID;
import org.apache.seata.rm.tcc.api.BusinessActionContextParameter;
import org.apache.seata.rm.tcc.api.LocalTCC;
import org.apache.seata.rm.tcc.api.TwoPhaseBusinessAction;
import org.springframework.context.annotation.DependsOn;
import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.ConditionalOnHosted;

/**
 * The payment's own part: its try, called in this process, records it as REQUESTED; Seata's server
 * calls complete or cancel. One attempt alone can try a payment, because a cancel is for the
 * payment and not for the attempt.
 */
@Component
@ConditionalOnHosted("payment")
@LocalTCC
@DependsOn(ParticipantConfiguration.FENCE)
public class PaymentAction {

  static final String NAME = "payment";

  private final PaymentParticipant payments;

  PaymentAction(PaymentParticipant payments) {
    this.payments = payments;
  }

  @TwoPhaseBusinessAction(
      name = NAME,
      commitMethod = "complete",
      commitArgsClasses = String.class,
      rollbackMethod = "cancel",
      rollbackArgsClasses = String.class,
      useTCCFence = true)
  public void request(
      @BusinessActionContextParameter(Branch.PAYMENT_ID) String paymentId, PaymentCommand command) {
    payments.requestOnce(command);
  }

  public void complete(@BusinessActionContextParameter(Branch.PAYMENT_ID) String paymentId) {
    payments.complete(UUID.fromString(paymentId));
  }

  public void cancel(@BusinessActionContextParameter(Branch.PAYMENT_ID) String paymentId) {
    payments.cancel(UUID.fromString(paymentId));
  }
}
