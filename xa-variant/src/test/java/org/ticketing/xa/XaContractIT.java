package org.ticketing.xa;

import org.ticketing.stack.Variant;
import org.ticketing.verification.contract.PaymentContract;

class XaContractIT extends PaymentContract {

  XaContractIT() {
    super(Variant.XA);
  }
}
