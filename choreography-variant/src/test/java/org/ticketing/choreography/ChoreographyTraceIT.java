package org.ticketing.choreography;

import java.util.List;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.TraceContract;

class ChoreographyTraceIT extends TraceContract {

  ChoreographyTraceIT() {
    super(
        Systems.named("choreography"),
        List.of(
            "payment: choreography step payment",
            "point: choreography step point",
            "reservation: choreography step reservation"),
        List.of(
            "payment: choreography step payment",
            "point: choreography step point",
            "reservation: choreography step reservation",
            "point: choreography compensation point",
            "payment: choreography failure payment"));
  }
}
