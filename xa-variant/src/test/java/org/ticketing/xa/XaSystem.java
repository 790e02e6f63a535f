package org.ticketing.xa;

import java.util.Map;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.RunningSystem;

class XaSystem extends RunningSystem.Parameter {

  XaSystem() {
    super(
        Systems.named("xa"),
        Map.of(
            "ticketing.xa.coordinator.transaction-timeout",
            "2s",
            "ticketing.xa.participant.idle-timeout",
            "2s"));
  }
}
