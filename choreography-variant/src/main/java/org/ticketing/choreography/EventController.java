package org.ticketing.choreography;

import jakarta.validation.Valid;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.ticketing.choreography.EventsApi.Poll;
import org.ticketing.platform.Paths;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/** {@link EventsApi}, at the publisher. No thread waits while a request does. */
@RestController
@ConditionalOnProperty(
    name = "ticketing.choreography.carrier",
    havingValue = "outbox",
    matchIfMissing = true)
class EventController {

  private final OutboxCarrier carrier;

  EventController(OutboxCarrier carrier) {
    this.carrier = carrier;
  }

  @PostMapping(Paths.EVENTS + EventsApi.POLLS)
  DeferredResult<List<PaymentEvent>> poll(
      @PathVariable("reader") String reader, @Valid @RequestBody Poll poll) {
    if (!carrier.knows(reader)) {
      throw new Refusal(Reason.INVALID_REQUEST, "There are no events for " + reader + ".");
    }
    carrier.acknowledge(poll.acknowledged());
    return carrier.next(reader, poll.limit());
  }
}
