package org.ticketing.xa;

import java.util.List;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.TraceContract;

class XaTraceIT extends TraceContract {

  XaTraceIT() {
    super(
        Systems.named("xa"),
        List.of(
            "payment: xa work payment",
            "payment: xa work point",
            "payment: xa work reservation",
            "payment: xa prepare payment",
            "payment: xa prepare point",
            "payment: xa prepare reservation",
            "payment: xa decide payment",
            "payment: xa commit payment",
            "payment: xa commit point",
            "payment: xa commit reservation"),
        List.of(
            "payment: xa work payment",
            "payment: xa work point",
            "payment: xa work reservation",
            "payment: xa rollback payment",
            "payment: xa rollback point",
            "payment: xa rollback reservation"));
  }
}
