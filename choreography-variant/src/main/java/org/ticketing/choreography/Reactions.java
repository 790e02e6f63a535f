package org.ticketing.choreography;

import java.util.Optional;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.Service;

/**
 * What a service does about the events that it is told. Each reaction is done in the caller's
 * transaction. It allows for events that come late: what is done after it was cancelled is refused
 * with {@code payment-undone}, and is no news to anybody.
 */
interface Reactions {

  /** The service that reacts. */
  Service reader();

  /**
   * Reacts.
   *
   * @return what the others are told in turn; empty if that is nothing
   * @throws Refusal a rule said no; the transaction is to be rolled back
   * @throws IllegalArgumentException this service does not react to such events
   */
  Optional<PaymentEvent> to(PaymentEvent event);

  /** What the others are told when {@link #to} was refused; empty if that is nothing. */
  Optional<PaymentEvent> refused(PaymentEvent event, Refusal why);
}
