package org.ticketing.choreography;

import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.PaymentContract;

class ChoreographyContractIT extends PaymentContract {

  ChoreographyContractIT() {
    super(Systems.named("choreography"));
  }
}
