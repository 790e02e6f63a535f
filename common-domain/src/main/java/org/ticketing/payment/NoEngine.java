package org.ticketing.payment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.aop.support.AopUtils;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.EngineView;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionEngine;
import org.ticketing.platform.tracking.TransactionKey;

/** Of a system that coordinates nothing: there is nothing in doubt and nothing to steer. */
class NoEngine implements TransactionEngine {

  private final String system;

  /**
   * @param protocol lies in a package with the name of its system
   */
  NoEngine(PaymentProtocol protocol) {
    String name = AopUtils.getTargetClass(protocol).getPackageName();
    this.system = name.substring(name.lastIndexOf('.') + 1);
  }

  @Override
  public String protocol() {
    return system;
  }

  @Override
  public String patience() {
    return "half a minute, in which all calls of a payment have ended";
  }

  @Override
  public Duration overdueAfter() {
    return Duration.ofSeconds(30);
  }

  @Override
  public List<EngineView> unfinished(int limit) {
    return List.of();
  }

  @Override
  public Optional<EngineView> find(TransactionKey transaction) {
    return Optional.empty();
  }

  @Override
  public Effect preview(Steering steering, TransactionKey transaction) {
    return Effect.refused("Nothing coordinates the payments of this system.");
  }

  @Override
  public Effect perform(Steering steering, TransactionKey transaction) {
    return preview(steering, transaction);
  }
}
