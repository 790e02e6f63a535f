package org.ticketing.benchmarks.contract;

import org.ticketing.stack.Variant;

class MonolithPaymentIT extends PaymentContract {

  MonolithPaymentIT() {
    super(Variant.MONOLITH);
  }
}
