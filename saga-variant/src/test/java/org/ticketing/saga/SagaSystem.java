package org.ticketing.saga;

import java.util.Map;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.RunningSystem;

class SagaSystem extends RunningSystem.Parameter {

  SagaSystem() {
    super(Systems.named("saga"), Map.of("ticketing.saga.coordinator.transaction-timeout", "6s"));
  }
}
