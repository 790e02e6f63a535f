package org.ticketing.tcc;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.ticketing.platform.Sample;
import org.ticketing.tcc.OpenBranches.Count;

/**
 * The open branches of this participant: tried, and neither confirmed nor cancelled. One that is
 * older than a transaction may be is late: Seata's server is away, or does not succeed.
 */
@Component
class FenceGauges implements MeterBinder {

  private final Clock clock;
  private final Sample<Count> open;

  FenceGauges(OpenBranches branches, Clock clock, Environment environment) {
    Duration timeout =
        Binder.get(environment)
            .bindOrCreate("ticketing.tcc.coordinator", CoordinatorSettings.class)
            .transactionTimeout();
    this.clock = clock;
    this.open =
        new Sample<>("the open branches", () -> branches.count(clock.instant().minus(timeout)));
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("ticketing.in.doubt", () -> open.read(Count::open))
        .tag("what", "tried branches")
        .description("What the protocol has left neither done nor undone")
        .register(registry);
    Gauge.builder("ticketing.in.doubt.age", () -> open.read(this::oldestSeconds))
        .tag("what", "tried branches")
        .baseUnit("seconds")
        .description("Since when the oldest of them is in doubt")
        .register(registry);
    bindBranches(registry, "tried", count -> count.open() - count.orphaned());
    bindBranches(registry, "orphaned", Count::orphaned);
    bindFailing(registry, "orphaned branches", Count::orphaned);
    bindFailing(registry, "late branches", Count::late);
  }

  private double oldestSeconds(Count count) {
    return count
        .oldest()
        .map(oldest -> Duration.between(oldest, clock.instant()).toMillis() / 1e3)
        .orElse(0.0);
  }

  private void bindBranches(MeterRegistry registry, String state, ToDoubleFunction<Count> number) {
    Gauge.builder("ticketing.branches", () -> open.read(number))
        .tag("state", state)
        .description("Branches, by state")
        .register(registry);
  }

  private void bindFailing(MeterRegistry registry, String what, ToDoubleFunction<Count> number) {
    Gauge.builder("ticketing.compensations.failing", () -> open.read(number))
        .tag("what", what)
        .description("What does not end by itself")
        .register(registry);
  }
}
