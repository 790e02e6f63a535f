package org.ticketing.monolith;

import org.ticketing.stack.Variant;
import org.ticketing.verification.contract.PaymentContract;

class MonolithContractIT extends PaymentContract {

  MonolithContractIT() {
    super(Variant.MONOLITH);
  }
}
