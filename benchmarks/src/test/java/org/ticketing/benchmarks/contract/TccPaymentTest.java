package org.ticketing.benchmarks.contract;

import org.ticketing.stack.Variant;

class TccPaymentTest extends PaymentContract {

  TccPaymentTest() {
    super(Variant.TCC);
  }
}
