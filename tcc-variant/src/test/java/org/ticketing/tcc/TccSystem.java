package org.ticketing.tcc;

import java.util.Map;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.RunningSystem;

class TccSystem extends RunningSystem.Parameter {

  TccSystem() {
    super(Systems.named("tcc"), Map.of("ticketing.tcc.coordinator.transaction-timeout", "6s"));
  }
}
