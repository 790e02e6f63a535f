package org.ticketing.testing;

import org.springframework.context.annotation.Bean;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.payment.PaymentProtocol;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.TicketingApplication;

/** An application of all services without a payment protocol: payments are only recorded. */
@TicketingApplication
public class DomainApplication {

  @Bean
  @ConditionalOnHosted("payment")
  PaymentProtocol recordAlone(PaymentParticipant payments) {
    return payment -> {
      payments.request(payment);
      payments.complete(payment.paymentId());
      return payment.receipt();
    };
  }
}
