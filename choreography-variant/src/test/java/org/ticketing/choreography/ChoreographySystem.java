package org.ticketing.choreography;

import java.util.Map;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.RunningSystem;

class ChoreographySystem extends RunningSystem.Parameter {

  ChoreographySystem() {
    super(
        Systems.named("choreography"),
        Map.of(
            "ticketing.choreography.payment-timeout",
            "8s",
            "ticketing.choreography.redelivery",
            "1s",
            "ticketing.choreography.attempts",
            "3",
            StoppingProcess.PATIENCE_PROPERTY,
            StoppingProcess.PATIENCE_OF_PROCESS));
  }
}
