package org.ticketing.monolith;

import org.junit.jupiter.api.Test;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.PaymentContract;

class MonolithContractIT extends PaymentContract {

  MonolithContractIT() {
    super(Systems.named("monolith"));
  }

  @Test
  @Override
  protected void aThousandAcceptedPaymentsAreAllMadeInTheirOrder() throws Exception {
    super.aThousandAcceptedPaymentsAreAllMadeInTheirOrder();
  }
}
