package org.ticketing.benchmarks.contract;

import org.ticketing.stack.Variant;

class XaPaymentIT extends PaymentContract {

  XaPaymentIT() {
    super(Variant.XA);
  }
}
