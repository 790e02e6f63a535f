package org.ticketing.choreography;

import static org.ticketing.choreography.EventKind.RESERVATION_COMPLETED;
import static org.ticketing.choreography.EventKind.RESERVATION_REFUSED;
import static org.ticketing.choreography.EventKind.RESERVATION_REOPENED;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.Service;
import org.ticketing.reservation.ReservationParticipant;

/** Completes the reservation when its points are used, and reopens it when that was in vain. */
@Component
@ConditionalOnHosted("reservation")
class ReservationReactions implements Reactions {

  private final ReservationParticipant reservations;

  ReservationReactions(ReservationParticipant reservations) {
    this.reservations = reservations;
  }

  @Override
  public Service reader() {
    return Service.RESERVATION;
  }

  @Override
  public Optional<PaymentEvent> to(PaymentEvent event) {
    return switch (event.knownKind()) {
      case POINTS_USED -> {
        reservations.complete(event.paymentId(), event.reservationId(), event.amount());
        yield Optional.of(event.next(RESERVATION_COMPLETED));
      }
      case PAYMENT_CANCELLED -> {
        reservations.reopen(event.paymentId(), event.reservationId());
        yield Optional.of(event.next(RESERVATION_REOPENED));
      }
      default -> throw new IllegalArgumentException("reservations do not depend on " + event);
    };
  }

  /** What was cancelled before is undone by everybody, without being told so once more. */
  @Override
  public Optional<PaymentEvent> refused(PaymentEvent event, Refusal why) {
    return why.reason() == Reason.PAYMENT_UNDONE
        ? Optional.empty()
        : Optional.of(event.next(RESERVATION_REFUSED, why));
  }
}
