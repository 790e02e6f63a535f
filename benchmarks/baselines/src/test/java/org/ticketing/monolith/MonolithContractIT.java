package org.ticketing.monolith;

import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.PaymentContract;

class MonolithContractIT extends PaymentContract {

  MonolithContractIT() {
    super(Systems.named("monolith"));
  }
}
