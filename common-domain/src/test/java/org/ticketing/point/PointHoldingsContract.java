package org.ticketing.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.TransactionKey;

/** What a wallet has of a payment, on either kind of database. */
abstract class PointHoldingsContract {

  @Autowired private PointHoldings holdings;
  @Autowired private PointService points;
  @Autowired private PointParticipant participant;

  private final UUID user = UUID.randomUUID();
  private final UUID payment = UUID.randomUUID();

  @BeforeEach
  void aWalletOfThousand() {
    points.charge(user, "opening", 1000);
  }

  @Test
  void ofAPaymentThatIsNotKnownThereIsNothing() {
    assertThat(held()).isEmpty();
    assertThat(holdings.of(new TransactionKey(null, "xid"))).isEmpty();
  }

  @Test
  void pointsThatAreReservedMayStillBeUsedOrReleased() {
    participant.reserve(payment, user, 300);

    assertThat(held())
        .extracting(Holding::what, Holding::state, Holding::meaning)
        .containsExactly(tuple("point reservation of 300", "RESERVED", Meaning.OPEN));
  }

  @Test
  void confirmedPointsAreUsed() {
    participant.reserve(payment, user, 300);
    participant.confirm(payment, user);

    assertThat(held())
        .extracting(Holding::what, Holding::state, Holding::meaning)
        .containsExactly(
            tuple("point reservation of 300", "CONFIRMED", Meaning.DONE),
            tuple("entry of -300 points", "USE", Meaning.DONE));
  }

  @Test
  void refundedPointsAreUndone() {
    participant.use(payment, user, 300);
    participant.refund(payment, user);

    assertThat(held())
        .extracting(Holding::what, Holding::meaning)
        .containsExactly(
            tuple("entry of -300 points", Meaning.DONE),
            tuple("entry of 300 points", Meaning.UNDONE));
  }

  @Test
  void anUndoThatCameFirstIsATombstone() {
    UUID other = UUID.randomUUID();
    participant.refund(payment, user);
    participant.release(other, user);

    assertThat(held())
        .extracting(Holding::what, Holding::meaning)
        .containsExactly(tuple("tombstone", Meaning.UNDONE));
    assertThat(holdings.of(new TransactionKey(other, null)))
        .extracting(Holding::what, Holding::meaning)
        .containsExactly(tuple("tombstone", Meaning.UNDONE));
  }

  private List<Holding> held() {
    return holdings.of(new TransactionKey(payment, null));
  }
}
