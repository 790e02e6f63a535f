package org.ticketing.choreography;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;
import org.ticketing.platform.Observations;
import org.ticketing.platform.Service;

/** The outboxes alone as carrier, at the readers: some threads for each publisher. */
@Component
@ConditionalOnProperty(
    name = "ticketing.choreography.carrier",
    havingValue = "outbox",
    matchIfMissing = true)
class EventReaders implements SmartLifecycle {

  private final List<Reactions> reactions;
  private final HttpServiceProxyRegistry clients;
  private final Reception reception;
  private final Observations observations;
  private final int threads;
  private final List<EventReader> readers = new ArrayList<>();

  EventReaders(
      List<Reactions> reactions,
      HttpServiceProxyRegistry clients,
      Reception reception,
      Observations observations,
      ChoreographySettings settings) {
    this.reactions = reactions;
    this.clients = clients;
    this.reception = reception;
    this.observations = observations;
    this.threads = settings.readers();
  }

  @Override
  public void start() {
    for (Reactions each : reactions) {
      for (Service publisher : EventKind.publishersFor(each.reader())) {
        EventsApi events = clients.getClient(publisher.id(), EventsApi.class);
        var silent = new AtomicBoolean();
        for (int number = 1; number <= threads; number++) {
          start(publisher.id(), each.reader().id(), events, silent, number);
        }
      }
    }
  }

  private void start(
      String publisher, String reader, EventsApi events, AtomicBoolean silent, int number) {
    var started = new EventReader(publisher, reader, events, reception, observations, silent);
    readers.add(started);
    var thread = new Thread(started, "events-of-%s-%d".formatted(publisher, number));
    thread.setDaemon(true);
    thread.start();
  }

  /** Does not wait for those who wait for events. */
  @Override
  public void stop() {
    readers.forEach(EventReader::stop);
    readers.clear();
  }

  @Override
  public boolean isRunning() {
    return !readers.isEmpty();
  }

  /** After the migrations; and until requests have ended, because events end payments. */
  @Override
  public int getPhase() {
    return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE - 1;
  }
}
