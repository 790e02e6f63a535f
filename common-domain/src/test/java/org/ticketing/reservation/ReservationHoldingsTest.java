package org.ticketing.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.seat.SeatApi.SeatPrice;
import org.ticketing.testing.OnRealDatabase;

/** What reservations have of a payment. */
@OnRealDatabase.Postgresql
class ReservationHoldingsTest {

  @Autowired private ReservationHoldings holdings;
  @Autowired private ReservationService reservations;
  @Autowired private ReservationParticipant participant;

  private final UUID payment = UUID.randomUUID();
  private UUID reservation;

  @BeforeEach
  void aReservation() {
    UUID user = UUID.randomUUID();
    SeatPrice seat = new SeatPrice(UUID.randomUUID(), UUID.randomUUID(), 100);
    reservations.prepare(user, seat.scheduleId(), Instant.now().plus(365, ChronoUnit.DAYS));
    reservation = reservations.reserve(user, null, seat, null).id();
  }

  @Test
  void beforeItIsPaidThereIsNothing() {
    assertThat(held()).isEmpty();
    assertThat(holdings.of(new TransactionKey(null, "xid"))).isEmpty();
  }

  @Test
  void oneThatIsBeingPaidMayStillBeConfirmedOrReleased() {
    participant.tryComplete(payment, reservation, 100L);
    assertThat(held())
        .extracting(Holding::state, Holding::meaning)
        .containsExactly(tuple("PAYING", Meaning.OPEN));

    participant.confirm(payment, reservation);
    assertThat(held())
        .extracting(Holding::state, Holding::meaning)
        .containsExactly(tuple("CONFIRMED", Meaning.DONE));
  }

  @Test
  void anUndoLeavesATombstone() {
    participant.complete(payment, reservation, 100L);
    participant.reopen(payment, reservation);

    assertThat(held())
        .extracting(Holding::what, Holding::state, Holding::meaning)
        .containsExactly(tuple("tombstone in a reservation", "HELD", Meaning.UNDONE));
  }

  private List<Holding> held() {
    return holdings.of(new TransactionKey(payment, null));
  }
}
