package org.ticketing.xa;

import java.util.Map;
import org.ticketing.stack.Variant;
import org.ticketing.verification.contract.RunningSystem;

class XaSystem extends RunningSystem.Parameter {

  XaSystem() {
    super(
        Variant.XA,
        Map.of(
            "ticketing.xa.coordinator.transaction-timeout",
            "2s",
            "ticketing.xa.participant.idle-timeout",
            "2s"));
  }
}
