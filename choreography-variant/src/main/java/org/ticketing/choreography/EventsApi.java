package org.ticketing.choreography;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.ticketing.platform.Paths;

/** How a reader asks a publisher for its events, if the outboxes alone carry them. */
@HttpExchange(Paths.EVENTS)
interface EventsApi {

  String POLLS = "{reader}/polls";

  /** The most events that are handed over at a time. */
  int MOST = 100;

  /**
   * Acknowledges events, and takes the next ones. If there are none, the answer waits until one is
   * committed, or for a few seconds. An event that is not acknowledged in time is handed over
   * again, to whoever asks then.
   *
   * @param reader the service that asks
   * @return the events, in the order of their commits as far as they are of the same payment; none
   *     if none came
   */
  @PostExchange(POLLS)
  List<PaymentEvent> poll(@PathVariable("reader") String reader, @Valid @RequestBody Poll poll);

  /**
   * @param acknowledged the numbers of events that need not be handed over any more
   * @param limit how many to take at most
   */
  record Poll(@NotNull @Size(max = MOST) List<Long> acknowledged, @Min(1) @Max(MOST) int limit) {}
}
