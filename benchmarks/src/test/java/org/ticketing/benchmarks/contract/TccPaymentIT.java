package org.ticketing.benchmarks.contract;

import org.ticketing.stack.Variant;

class TccPaymentIT extends PaymentContract {

  TccPaymentIT() {
    super(Variant.TCC);
  }
}
