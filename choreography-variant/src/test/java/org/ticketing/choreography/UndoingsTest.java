package org.ticketing.choreography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ticketing.choreography.EventKind.PAYMENT_CANCELLED;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ticketing.choreography.EventDatabase.Server;
import org.ticketing.platform.Service;

/** Whether a failed payment may still have done something. */
class UndoingsTest {

  private final EventDatabase database = new EventDatabase(Server.POSTGRESQL);
  private final Undoings undoings = new Undoings(database.jdbc, database.ids);

  @Test
  void aPaymentIsBeingUndoneUntilEverybodyHasToldSo() {
    PaymentEvent cancelled = begin();
    UUID payment = cancelled.paymentId();

    assertIsUndoing(cancelled, true);

    end(payment, Service.RESERVATION);
    end(payment, Service.RESERVATION);
    assertIsUndoing(cancelled, true);

    end(payment, Service.POINT);
    assertIsUndoing(cancelled, false);
  }

  @Test
  void aPaymentThatIsBeingUndoneIsOneOfItsUserAlone() {
    PaymentEvent cancelled = begin();
    PaymentEvent other = begin();
    end(other.paymentId(), Service.POINT);
    end(other.paymentId(), Service.RESERVATION);

    assertIsUndoing(cancelled, true);
    assertIsUndoing(other, false);
  }

  @Test
  void noMoreAreFoundThanAskedFor() {
    begin();
    begin();

    assertThat(undoings.find(1)).hasSize(1);
    assertThat(undoings.find(10)).hasSize(2);
  }

  private PaymentEvent begin() {
    PaymentEvent cancelled = EventDatabase.event(PAYMENT_CANCELLED, UUID.randomUUID());
    database.transactions.executeWithoutResult(transaction -> undoings.begin(cancelled));
    return cancelled;
  }

  private void end(UUID payment, Service service) {
    database.transactions.executeWithoutResult(transaction -> undoings.end(payment, service));
  }

  private void assertIsUndoing(PaymentEvent cancelled, boolean expected) {
    assertThat(undoings.has(cancelled.paymentId())).isEqualTo(expected);
    assertThat(undoings.hasOneOf(cancelled.userId())).isEqualTo(expected);
    assertThat(undoings.find(10).contains(cancelled.paymentId())).isEqualTo(expected);
  }
}
