package org.ticketing.payment;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;
import org.ticketing.payment.AcceptedPayments.Waiting;
import org.ticketing.platform.Sample;

/** How many accepted payments have not ended, and for how long. */
@Component
class AcceptedPaymentGauges implements MeterBinder {

  private final Sample<Waiting> waiting;

  AcceptedPaymentGauges(AcceptedPayments accepted) {
    this.waiting = new Sample<>("the accepted payments", accepted::waiting);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("ticketing.accepted.payments", () -> waiting.read(Waiting::number))
        .description("Accepted payments that have not ended")
        .register(registry);
    Gauge.builder("ticketing.accepted.payments.age", () -> waiting.read(Waiting::seconds))
        .baseUnit("seconds")
        .description("Since when the first of them waits")
        .register(registry);
  }
}
