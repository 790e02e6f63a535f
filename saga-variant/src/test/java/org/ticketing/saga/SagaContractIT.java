package org.ticketing.saga;

import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.PaymentContract;

class SagaContractIT extends PaymentContract {

  SagaContractIT() {
    super(Systems.named("saga"));
  }
}
