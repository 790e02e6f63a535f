package org.ticketing.xa;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;
import org.ticketing.platform.Sample;
import org.ticketing.xa.InDoubtBranches.InDoubt;

/** The branches of this participant. One that is prepared is in doubt until it has ended. */
@Component
class BranchGauges implements MeterBinder {

  private final Branches branches;
  private final Sample<InDoubt> inDoubt;

  BranchGauges(Branches branches, InDoubtBranches inDoubt) {
    this.branches = branches;
    this.inDoubt = new Sample<>("the prepared branches", inDoubt::now);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("ticketing.in.doubt", () -> inDoubt.read(InDoubt::number))
        .tag("what", "prepared branches")
        .description("What the protocol has left neither done nor undone")
        .register(registry);
    Gauge.builder("ticketing.in.doubt.age", () -> inDoubt.read(InDoubt::oldestSeconds))
        .tag("what", "prepared branches")
        .baseUnit("seconds")
        .description("Since when the oldest of them is in doubt")
        .register(registry);
    Gauge.builder("ticketing.branches", () -> inDoubt.read(InDoubt::number))
        .tag("state", "prepared")
        .description("Branches, by state")
        .register(registry);
    Gauge.builder("ticketing.branches", branches::countActive)
        .tag("state", "active")
        .description("Branches, by state")
        .register(registry);
  }
}
