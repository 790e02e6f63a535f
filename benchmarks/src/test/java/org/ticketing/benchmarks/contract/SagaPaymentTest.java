package org.ticketing.benchmarks.contract;

import org.ticketing.stack.Variant;

class SagaPaymentTest extends PaymentContract {

  SagaPaymentTest() {
    super(Variant.SAGA);
  }
}
