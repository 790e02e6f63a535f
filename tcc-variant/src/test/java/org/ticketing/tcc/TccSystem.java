package org.ticketing.tcc;

import java.util.Map;
import org.ticketing.stack.Variant;
import org.ticketing.verification.contract.RunningSystem;

class TccSystem extends RunningSystem.Parameter {

  TccSystem() {
    super(Variant.TCC, Map.of("ticketing.tcc.coordinator.transaction-timeout", "6s"));
  }
}
