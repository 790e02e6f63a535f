package org.ticketing.choreography;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.ticketing.choreography.EventsApi.Poll;
import org.ticketing.platform.Observations;

/**
 * Asks one publisher for events, again and again, and has each reacted to. Several do so at the
 * same time. An event that could not be reacted to is not acknowledged, and those behind it do not
 * wait for it.
 */
class EventReader implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(EventReader.class);

  /** Few, because they are reacted to one after the other, and others may be idle. */
  static final int AT_ONCE = 4;

  private static final long PAUSE_MILLIS = 200;

  /** Asking is no part of any payment, so nobody is to trace it. */
  private static final String UNTRACED = "00-00000000000000000000000000000001-0000000000000001-00";

  private final String publisher;
  private final String reader;
  private final EventsApi events;
  private final Reception reception;
  private final Observations observations;
  private final AtomicBoolean silent;
  private final List<Long> acknowledged = new ArrayList<>();
  private volatile boolean stopped;

  /**
   * @param silent whether the publisher is; of all who ask it, one says so
   */
  EventReader(
      String publisher,
      String reader,
      EventsApi events,
      Reception reception,
      Observations observations,
      AtomicBoolean silent) {
    this.publisher = publisher;
    this.reader = reader;
    this.events = events;
    this.reception = reception;
    this.observations = observations;
    this.silent = silent;
  }

  @Override
  public void run() {
    while (!stopped) {
      next().forEach(this::react);
    }
  }

  /** What is fetched is reacted to; what a request still brings comes again if that is too late. */
  void stop() {
    stopped = true;
  }

  private List<PaymentEvent> next() {
    try (Observations.Trace none = observations.beginTrace(UNTRACED)) {
      List<PaymentEvent> fetched =
          events.poll(reader, new Poll(List.copyOf(acknowledged), AT_ONCE));
      acknowledged.clear();
      silent.set(false);
      return fetched;
    } catch (RuntimeException noAnswer) {
      if (!silent.getAndSet(true)) {
        log.warn("Events of {} have to wait: {}", publisher, noAnswer.toString());
      }
      pause();
      return List.of();
    }
  }

  private void react(PaymentEvent event) {
    try {
      reception.receive(event);
      acknowledged.add(event.number());
    } catch (RuntimeException failure) {
      log.warn("{} comes again: {}", event, failure.toString());
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException stopping) {
      stopped = true;
    }
  }
}
