package org.ticketing.tcc;

import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.PaymentContract;

class TccContractIT extends PaymentContract {

  TccContractIT() {
    super(Systems.named("tcc"));
  }
}
