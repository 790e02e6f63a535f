package org.ticketing.saga;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Sample;
import org.ticketing.saga.Sagas.Unfinished;

/** The sagas that are under way, or that could not be compensated yet. */
@Component
@ConditionalOnHosted("payment")
class SagaGauges implements MeterBinder {

  private final Sample<Unfinished> sagas;

  SagaGauges(Sagas sagas) {
    this.sagas = new Sample<>("the unfinished sagas", sagas::countUnfinished);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("ticketing.in.doubt", () -> sagas.read(Unfinished::number))
        .tag("what", "unfinished sagas")
        .description("What the protocol has left neither done nor undone")
        .register(registry);
    Gauge.builder("ticketing.in.doubt.age", () -> sagas.read(Unfinished::oldestSeconds))
        .tag("what", "unfinished sagas")
        .baseUnit("seconds")
        .description("Since when the oldest of them is in doubt")
        .register(registry);
    bindBranches(registry, "running", Unfinished::running);
    bindBranches(registry, "compensating", Unfinished::compensating);
    bindBranches(registry, "failed", Unfinished::failed);
    Gauge.builder("ticketing.compensations.failing", () -> sagas.read(Unfinished::failing))
        .tag("what", "compensations")
        .description("What does not end by itself")
        .register(registry);
  }

  private void bindBranches(
      MeterRegistry registry, String state, ToDoubleFunction<Unfinished> number) {
    Gauge.builder("ticketing.branches", () -> sagas.read(number))
        .tag("state", state)
        .description("Sagas, by state")
        .register(registry);
  }
}
