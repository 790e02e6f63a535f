package org.ticketing.tracker;

import java.util.Map;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.RunningSystem;

class TrackedXa extends RunningSystem.Parameter {

  TrackedXa() {
    super(Systems.named("xa"), Map.of());
  }
}
