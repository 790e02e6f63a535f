package org.ticketing.choreography;

import java.util.List;

/**
 * Carries events from the outboxes of services to their readers, at least once. {@code
 * ticketing.choreography.carrier} chooses one. It has two sides.
 *
 * <p><b>At the publisher</b> it hands over what {@link Outbox} has. It is told of events as soon as
 * their transaction has committed. What it was not told of, because a process died or the event
 * {@linkplain EventKind#followsAnother follows another}, and what was not acknowledged in time, it
 * takes with {@link Outbox#take}, which keeps the order of the events of a payment, and which no
 * two processes do for the same event. Once an event is sure to come to its reader, the carrier
 * says so with {@link Outbox#delivered}; an event of which it does not, comes again.
 *
 * <p><b>At the reader</b> it gives each event to {@link Reception#receive}, and acknowledges it
 * when that returns. An event for which it throws has to come again. It may come twice, also at the
 * same time to two processes.
 */
interface Carrier {

  /**
   * Hands events over that have just been committed to the outbox. They are {@linkplain Outbox#take
   * taken} already. Does not wait, and does not fail: what it cannot hand over becomes due again.
   */
  void handOver(List<PaymentEvent> committed);
}
