package org.ticketing.payment;

import java.io.IOException;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.ticketing.payment.PaymentApi.Status;

/**
 * Sends a client each state of a payment as a server-sent event {@code payment}, until the payment
 * has ended, and a comment now and then, so that both sides notice when the other is gone. The
 * events are small and few enough to wait in the buffer of the connection.
 */
class PaymentStream implements PaymentWatches.Follower {

  /** A client that wants more comes again, with a token that is still valid. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** Proxies and clients give up a connection on which nothing comes for longer. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private static final long COME_AGAIN_MILLIS = 1000;

  private final SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
  private final PaymentWatches watches;

  PaymentStream(PaymentWatches watches) {
    this.watches = watches;
    emitter.onCompletion(() -> watches.leave(this));
    emitter.onTimeout(emitter::complete);
    emitter.onError(failure -> watches.leave(this));
  }

  SseEmitter emitter() {
    return emitter;
  }

  @Override
  public void changed(Payment payment) {
    send(
        SseEmitter.event()
            .name("payment")
            .id(payment.tag())
            .reconnectTime(COME_AGAIN_MILLIS)
            .data(payment.view(), MediaType.APPLICATION_JSON));
    if (!payment.is(Status.REQUESTED)) {
      stopped();
    }
  }

  @Override
  public Duration interval() {
    return HEARTBEAT;
  }

  @Override
  public void intervalOver() {
    send(SseEmitter.event().comment("still there"));
  }

  private void send(SseEmitter.SseEventBuilder event) {
    try {
      emitter.send(event);
    } catch (IOException | IllegalStateException gone) {
      watches.leave(this);
    }
  }

  @Override
  public void stopped() {
    watches.leave(this);
    emitter.complete();
  }
}
