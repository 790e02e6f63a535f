package org.ticketing.tcc;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.apache.seata.rm.tcc.api.BusinessActionContextParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The wallet's try. It belongs to the global transaction whose Xid the call carries. */
@HttpExchange("/protocol/tcc/point-tries")
interface PointTryApi {

  /** See {@link org.ticketing.point.PointParticipant#reserve}. */
  @PostExchange
  void reserve(@Valid @RequestBody PointTry wanted);

  /** The annotated values go to Seata's server with the branch and come back in phase two. */
  record PointTry(
      @NotNull @BusinessActionContextParameter("paymentId") UUID paymentId,
      @NotNull @BusinessActionContextParameter("userId") UUID userId,
      @Min(1) long amount) {}
}
