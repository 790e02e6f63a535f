package org.ticketing.choreography;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.ticketing.choreography.Outbox.Late;
import org.ticketing.choreography.ParkedEvents.Parked;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.Holdings;
import org.ticketing.platform.tracking.TransactionKey;

/**
 * What this process holds of a payment that has not gone on: events that were not acknowledged as
 * soon as they should have been, and events that are parked.
 */
@Component
class EventHoldings implements Holdings {

  private final Outbox outbox;
  private final ParkedEvents parked;
  private final List<Reactions> reactions;

  EventHoldings(Outbox outbox, ParkedEvents parked, List<Reactions> reactions) {
    this.outbox = outbox;
    this.parked = parked;
    this.reactions = reactions;
  }

  @Override
  public List<Holding> of(TransactionKey transaction) {
    return transaction.payment() == null || reactions.isEmpty()
        ? List.of()
        : Stream.concat(
                outbox.late(transaction.payment()).stream().map(this::holding),
                parked.of(transaction.payment()).stream().map(EventHoldings::holding))
            .toList();
  }

  private Holding holding(Late event) {
    return new Holding(
        reactions.get(0).reader().id(),
        "event " + event.kind(),
        "not acknowledged by " + event.reader(),
        Meaning.OPEN,
        event.since(),
        List.of());
  }

  private static Holding holding(Parked parked) {
    return new Holding(
        parked.event().reader(),
        "event " + parked.event().kind(),
        "parked: " + parked.failure(),
        Meaning.OPEN,
        parked.since(),
        List.of());
  }
}
