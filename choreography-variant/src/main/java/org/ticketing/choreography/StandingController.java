package org.ticketing.choreography;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.choreography.ParkedEvents.Parked;

/** The events of this process, whichever participant it is. */
@RestController
class StandingController implements StandingApi {

  private final Outbox outbox;
  private final ParkedEvents parked;
  private final Replay replay;

  StandingController(Outbox outbox, ParkedEvents parked, Replay replay) {
    this.outbox = outbox;
    this.parked = parked;
    this.replay = replay;
  }

  @Override
  public List<ParkedView> parked(int limit) {
    return parked.all(limit).stream().map(StandingController::view).toList();
  }

  @Override
  public List<ParkedView> parked(UUID payment) {
    return parked.of(payment).stream().map(StandingController::view).toList();
  }

  static ParkedView view(Parked parked) {
    PaymentEvent event = parked.event();
    return new ParkedView(
        event.number(),
        event.reader(),
        event.kind(),
        event.paymentId(),
        parked.failure(),
        parked.since());
  }

  @Override
  public Retried retry(Retry retry) {
    List<String> done = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (Parked event : parked.of(retry.payment())) {
      String what = event.event().kind() + " at " + event.event().reader();
      try {
        replay.replay(event);
        done.add("replayed " + what);
      } catch (RuntimeException failure) {
        failures.add(what + ": " + failure);
      }
    }
    int released = outbox.release(retry.payment());
    if (released > 0) {
      done.add("hand over %d events again".formatted(released));
    }
    return new Retried(done, failures);
  }
}
