package org.ticketing.tcc;

import java.util.List;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.TraceContract;

class TccTraceIT extends TraceContract {

  TccTraceIT() {
    super(
        Systems.named("tcc"),
        List.of(
            "payment: tcc begin seata",
            "payment: tcc try payment",
            "payment: tcc try point",
            "payment: tcc try reservation",
            "payment: tcc commit seata",
            "payment: tcc confirm payment",
            "point: tcc confirm point",
            "reservation: tcc confirm reservation"),
        List.of(
            "payment: tcc begin seata",
            "payment: tcc try payment",
            "payment: tcc try point",
            "payment: tcc try reservation",
            "payment: tcc rollback seata",
            "payment: tcc cancel payment",
            "point: tcc cancel point",
            "reservation: tcc cancel reservation"));
  }
}
