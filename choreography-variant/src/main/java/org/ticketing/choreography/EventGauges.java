package org.ticketing.choreography;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.ticketing.choreography.Outbox.Count;
import org.ticketing.platform.Sample;

/** The events of this process that do not come to their readers, and those that it has parked. */
@Component
class EventGauges implements MeterBinder {

  private final Clock clock;
  private final Sample<Count> late;
  private final Sample<Long> parked;

  EventGauges(Outbox outbox, ParkedEvents parked, Clock clock) {
    this.clock = clock;
    this.late = new Sample<>("the events that are late", outbox::countLate);
    this.parked = new Sample<>("the parked events", parked::count);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("ticketing.in.doubt", () -> late.read(Count::number))
        .tag("what", "late events")
        .description("What the protocol has left neither done nor undone")
        .register(registry);
    Gauge.builder("ticketing.in.doubt.age", () -> late.read(this::oldestSeconds))
        .tag("what", "late events")
        .baseUnit("seconds")
        .description("Since when the oldest of them is in doubt")
        .register(registry);
    Gauge.builder("ticketing.branches", () -> late.read(Count::number))
        .tag("state", "late")
        .description("Events, by state")
        .register(registry);
    Gauge.builder("ticketing.branches", () -> parked.read(Long::doubleValue))
        .tag("state", "parked")
        .description("Events, by state")
        .register(registry);
    Gauge.builder("ticketing.compensations.failing", () -> parked.read(Long::doubleValue))
        .tag("what", "parked events")
        .description("What does not end by itself")
        .register(registry);
  }

  private double oldestSeconds(Count count) {
    return count.oldest() == null
        ? 0
        : Duration.between(count.oldest(), clock.instant()).toMillis() / 1e3;
  }
}
