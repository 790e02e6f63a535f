package org.ticketing.saga;

import java.util.Map;
import org.ticketing.stack.Variant;
import org.ticketing.verification.contract.RunningSystem;

class SagaSystem extends RunningSystem.Parameter {

  SagaSystem() {
    super(Variant.SAGA, Map.of("ticketing.saga.coordinator.transaction-timeout", "6s"));
  }
}
