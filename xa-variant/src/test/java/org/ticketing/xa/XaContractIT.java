package org.ticketing.xa;

import org.junit.jupiter.api.Test;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.PaymentContract;

class XaContractIT extends PaymentContract {

  XaContractIT() {
    super(Systems.named("xa"));
  }

  @Test
  @Override
  protected void aThousandAcceptedPaymentsAreAllMadeInTheirOrder() throws Exception {
    super.aThousandAcceptedPaymentsAreAllMadeInTheirOrder();
  }
}
