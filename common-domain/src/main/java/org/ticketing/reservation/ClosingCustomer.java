package org.ticketing.reservation;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/** Closes customers who withdraw. Closing and holding a seat exclude each other. */
@Component
class ClosingCustomer {

  private final Customers customers;
  private final Reservations reservations;
  private final Clock clock;

  ClosingCustomer(Customers customers, Reservations reservations, Clock clock) {
    this.customers = customers;
    this.reservations = reservations;
    this.clock = clock;
  }

  /** The row is added if need be, so that there is something to lock. */
  @Transactional
  void close(UUID userId, long withdrawal) {
    customers.add(userId);
    customers.lock(userId);
    if (reservations.hasSomethingAhead(userId, clock.instant())) {
      throw new Refusal(Reason.RESERVATIONS_REMAIN, "The user still has live reservations.");
    }
    if (!customers.close(userId, withdrawal)) {
      throw new ServiceUnavailable("Another request has gone on with this withdrawal.");
    }
  }

  /** A tombstone, so that a {@link #close} that arrives later is ignored, needs a row as well. */
  @Transactional
  void reopen(UUID userId, long withdrawal) {
    customers.add(userId);
    customers.reopen(userId, withdrawal);
  }
}
