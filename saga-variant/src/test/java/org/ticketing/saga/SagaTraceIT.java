package org.ticketing.saga;

import java.util.List;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.TraceContract;

class SagaTraceIT extends TraceContract {

  SagaTraceIT() {
    super(
        Systems.named("saga"),
        List.of(
            "payment: saga step payment",
            "payment: saga step point",
            "payment: saga step reservation"),
        List.of(
            "payment: saga step payment",
            "payment: saga step point",
            "payment: saga step reservation",
            "payment: saga compensation payment",
            "payment: saga compensation point"));
  }
}
