package org.ticketing.tcc;

import java.util.UUID;
import org.apache.seata.core.context.RootContext;
import org.apache.seata.rm.tcc.api.BusinessActionContextParameter;
import org.apache.seata.rm.tcc.api.LocalTCC;
import org.apache.seata.rm.tcc.api.TwoPhaseBusinessAction;
import org.springframework.context.annotation.DependsOn;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.point.PointParticipant;

/**
 * The wallet's part: the payment process calls its try over HTTP, Seata's server calls confirm or
 * release.
 */
@RestController
@ConditionalOnHosted("point")
@LocalTCC
@DependsOn(ParticipantConfiguration.FENCE)
public class PointAction implements PointTryApi {

  private static final String NAME = "point";

  private final PointParticipant points;
  private final OpenBranches branches;

  PointAction(PointParticipant points, OpenBranches branches) {
    this.points = points;
    this.branches = branches;
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @TwoPhaseBusinessAction(
      name = NAME,
      commitMethod = "confirm",
      commitArgsClasses = {String.class, String.class},
      rollbackMethod = "release",
      rollbackArgsClasses = {String.class, String.class},
      useTCCFence = true)
  public void reserve(@BusinessActionContextParameter(isParamInProperty = true) PointTry wanted) {
    points.reserve(wanted.paymentId(), wanted.userId(), wanted.amount());
  }

  public void confirm(
      @BusinessActionContextParameter("paymentId") String paymentId,
      @BusinessActionContextParameter("userId") String userId) {
    points.confirm(UUID.fromString(paymentId), UUID.fromString(userId));
  }

  public void release(
      @BusinessActionContextParameter("paymentId") String paymentId,
      @BusinessActionContextParameter("userId") String userId) {
    points.release(UUID.fromString(paymentId), UUID.fromString(userId));
  }

  @Override
  public Orphan orphan(PointOrphan payment) {
    if (!branches.orphan(RootContext.getXID(), NAME, payment.paymentId())) {
      points.release(payment.paymentId(), payment.userId()); // keeps out a try that comes late
    }
    return new Orphan(points.isConfirmed(payment.paymentId()));
  }
}
