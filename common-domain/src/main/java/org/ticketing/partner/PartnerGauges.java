package org.ticketing.partner;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;
import org.ticketing.partner.Deliveries.Backlog;
import org.ticketing.platform.Sample;

/** What partners are still to be told, and how many are parked. */
@Component
class PartnerGauges implements MeterBinder {

  private final Sample<Backlog> backlog;

  PartnerGauges(Deliveries deliveries) {
    this.backlog = new Sample<>("the deliveries to partners", deliveries::backlog);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    bindBacklog(registry, "active", Backlog::active);
    bindBacklog(registry, "parked", Backlog::parked);
    Gauge.builder("ticketing.partner.parked", () -> backlog.read(Backlog::parkedPartners))
        .description("Partners that nothing is delivered to until an operator resumes them")
        .register(registry);
  }

  private void bindBacklog(
      MeterRegistry registry, String state, ToDoubleFunction<Backlog> deliveries) {
    Gauge.builder("ticketing.partner.backlog", () -> backlog.read(deliveries))
        .tag("state", state)
        .description("Sales not yet delivered, by the state of the partner")
        .register(registry);
  }
}
