package org.ticketing.saga;

import org.ticketing.stack.Variant;
import org.ticketing.verification.contract.PaymentContract;

class SagaContractIT extends PaymentContract {

  SagaContractIT() {
    super(Variant.SAGA);
  }
}
