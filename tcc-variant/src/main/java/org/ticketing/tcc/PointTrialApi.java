package org.ticketing.tcc;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.apache.seata.rm.tcc.api.BusinessActionContextParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The try of the wallet. Belongs to the global transaction whose Xid the call carries. */
@HttpExchange("/protocol/tcc/point-holds")
interface PointTrialApi {

  /** See {@link org.ticketing.point.PointParticipant#reserve}. */
  @PostExchange
  void hold(@Valid @RequestBody PointTrial trial);

  /** What is annotated goes to Seata's server with the branch and comes back in phase two. */
  record PointTrial(
      @NotNull @BusinessActionContextParameter("paymentId") UUID paymentId,
      @NotNull @BusinessActionContextParameter("userId") UUID userId,
      @Min(1) long amount) {}
}
