package org.ticketing.partner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.ticketing.partner.DeliverySteps.Post;

/**
 * Delivers to one partner, in order and at least once, for a limited time. No transaction is open
 * while a sale is posted. If the process dies before it has recorded a post, the sale is posted
 * again.
 */
@Component
class DeliveryTurn {

  /** After this time another partner gets the thread. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final DeliverySteps steps;
  private final Webhook webhook;
  private final Clock clock;

  DeliveryTurn(DeliverySteps steps, Webhook webhook, Clock clock) {
    this.steps = steps;
    this.webhook = webhook;
    this.clock = clock;
  }

  /**
   * @return the pause before the next turn; empty if this was the last
   */
  Optional<Duration> take(UUID activation) {
    Instant end = clock.instant().plus(LONGEST);
    Optional<Post> next = steps.next(activation);
    while (next.isPresent()) {
      if (!clock.instant().isBefore(end)) {
        return Optional.of(Duration.ZERO);
      }
      long number = next.get().sale().number();
      Optional<String> error = webhook.post(next.get());
      if (error.isPresent()) {
        return steps.failed(activation, number, error.get());
      }
      next = steps.succeeded(activation, number);
    }
    return Optional.empty();
  }
}
