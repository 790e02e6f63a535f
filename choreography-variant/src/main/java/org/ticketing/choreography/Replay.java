package org.ticketing.choreography;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.ticketing.choreography.ParkedEvents.Parked;

/** Has this service react again to events that it has parked. */
@Component
class Replay {

  private final ParkedEvents parked;
  private final Reception reception;

  Replay(ParkedEvents parked, Reception reception) {
    this.parked = parked;
    this.reception = reception;
  }

  List<Parked> of(UUID payment) {
    return parked.of(payment);
  }

  /**
   * Reacts to it. If that succeeds, it is parked no more; a reaction that has succeeded and was
   * interrupted before that is not repeated.
   *
   * @throws RuntimeException it has failed again, and stays parked
   */
  void replay(Parked event) {
    long number = event.event().number();
    try {
      reception.react(event.event());
    } catch (RuntimeException failure) {
      parked.failed(number, failure.toString());
      throw failure;
    }
    parked.remove(number);
  }
}
