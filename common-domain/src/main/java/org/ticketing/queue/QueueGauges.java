package org.ticketing.queue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;
import org.ticketing.platform.Sample;
import org.ticketing.queue.QueueTokenRepository.LiveTokens;

/** How many customers wait in the lines of all schedules, and how many have been admitted. */
@Component
class QueueGauges implements MeterBinder {

  private final Sample<LiveTokens> tokens;

  QueueGauges(QueueTokenRepository tokens) {
    this.tokens = new Sample<>("the tokens of the queue", tokens::countLive);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    bind(registry, "waiting", LiveTokens::waiting);
    bind(registry, "active", LiveTokens::active);
  }

  private void bind(MeterRegistry registry, String state, ToDoubleFunction<LiveTokens> count) {
    Gauge.builder("ticketing.queue.tokens", () -> tokens.read(count))
        .tag("state", state)
        .description("Tokens of all lines, by state")
        .register(registry);
  }
}
