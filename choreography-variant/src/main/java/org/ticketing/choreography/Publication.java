package org.ticketing.choreography;

import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells of events: by the transaction of the thread, if that commits, and only then. */
@Component
class Publication {

  private final Outbox outbox;
  private final Carrier carrier;

  Publication(Outbox outbox, Carrier carrier) {
    this.outbox = outbox;
    this.carrier = carrier;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  void publish(PaymentEvent event) {
    EventKind kind = event.knownKind();
    List<PaymentEvent> recorded =
        kind.readers().stream().map(reader -> outbox.add(event, reader.id())).toList();
    if (!kind.followsAnother()) {
      AfterCommit.run(() -> carrier.handOver(recorded));
    }
  }
}
