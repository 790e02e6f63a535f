package org.ticketing.benchmarks.contract;

import org.ticketing.stack.Variant;

class XaPaymentTest extends PaymentContract {

  XaPaymentTest() {
    super(Variant.XA);
  }
}
