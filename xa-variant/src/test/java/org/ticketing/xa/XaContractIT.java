package org.ticketing.xa;

import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.PaymentContract;

class XaContractIT extends PaymentContract {

  XaContractIT() {
    super(Systems.named("xa"));
  }
}
