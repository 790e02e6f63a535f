package org.ticketing.payment;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;
import org.ticketing.payment.FollowUps.Waiting;
import org.ticketing.platform.Sample;

/** How many payments partners and the queue have not been told of, and for how long. */
@Component
class FollowUpGauges implements MeterBinder {

  private final Sample<Waiting> waiting;

  FollowUpGauges(FollowUps followUps) {
    this.waiting = new Sample<>("the follow-ups of payments", followUps::waiting);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("ticketing.follow.ups", () -> waiting.read(Waiting::number))
        .description("Completed and refunded payments whose followers have not been told")
        .register(registry);
    Gauge.builder("ticketing.follow.ups.age", () -> waiting.read(Waiting::seconds))
        .baseUnit("seconds")
        .description("Since when the first of them waits")
        .register(registry);
  }
}
