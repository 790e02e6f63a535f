package org.ticketing.benchmarks.contract;

import org.ticketing.stack.Variant;

class SagaPaymentIT extends PaymentContract {

  SagaPaymentIT() {
    super(Variant.SAGA);
  }
}
