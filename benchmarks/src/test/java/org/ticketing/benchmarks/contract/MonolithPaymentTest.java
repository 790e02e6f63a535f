package org.ticketing.benchmarks.contract;

import org.ticketing.stack.Variant;

class MonolithPaymentTest extends PaymentContract {

  MonolithPaymentTest() {
    super(Variant.MONOLITH);
  }
}
