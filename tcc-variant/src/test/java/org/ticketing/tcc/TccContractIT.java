package org.ticketing.tcc;

import org.ticketing.stack.Variant;
import org.ticketing.verification.contract.PaymentContract;

class TccContractIT extends PaymentContract {

  TccContractIT() {
    super(Variant.TCC);
  }
}
