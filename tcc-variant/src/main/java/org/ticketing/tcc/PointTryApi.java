package org.ticketing.tcc;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.apache.seata.rm.tcc.api.BusinessActionContextParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The wallet's try. All calls belong to the global transaction whose Xid they carry. */
@HttpExchange("/protocol/tcc/point-tries")
interface PointTryApi {

  /** See {@link org.ticketing.point.PointParticipant#reserve}. */
  @PostExchange
  void reserve(@Valid @RequestBody PointTry wanted);

  /**
   * Takes the payment's branch away from Seata's server, which has forgotten it: until the
   * payment's record is decided, its points are neither used nor released. If there is no open
   * branch, none can come later.
   */
  @PostExchange("/orphans")
  Orphan orphan(@Valid @RequestBody PointOrphan payment);

  /** The annotated values go to Seata's server with the branch and come back in phase two. */
  record PointTry(
      @NotNull @BusinessActionContextParameter("paymentId") UUID paymentId,
      @NotNull @BusinessActionContextParameter("userId") UUID userId,
      @Min(1) long amount) {}

  record PointOrphan(@NotNull UUID paymentId, @NotNull UUID userId) {}
}
