package org.ticketing.choreography;

import static org.ticketing.choreography.EventKind.POINTS_REFUNDED;
import static org.ticketing.choreography.EventKind.POINTS_REFUSED;
import static org.ticketing.choreography.EventKind.POINTS_RESTORED;
import static org.ticketing.choreography.EventKind.POINTS_USED;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.Service;
import org.ticketing.point.PointParticipant;

/** Uses points when a payment is requested, and gives them back when it comes to nothing. */
@Component
@ConditionalOnHosted("point")
class PointReactions implements Reactions {

  private final PointParticipant points;

  PointReactions(PointParticipant points) {
    this.points = points;
  }

  @Override
  public Service reader() {
    return Service.POINT;
  }

  @Override
  public Optional<PaymentEvent> to(PaymentEvent event) {
    return switch (event.knownKind()) {
      case PAYMENT_REQUESTED -> {
        points.use(event.paymentId(), event.userId(), event.amount());
        yield Optional.of(event.next(POINTS_USED));
      }
      case RESERVATION_REFUSED -> {
        points.refund(event.paymentId(), event.userId());
        yield Optional.of(event.next(POINTS_REFUNDED));
      }
      case PAYMENT_CANCELLED -> {
        points.refund(event.paymentId(), event.userId());
        yield Optional.of(event.next(POINTS_RESTORED));
      }
      default -> throw new IllegalArgumentException("points do not depend on " + event);
    };
  }

  @Override
  public Optional<PaymentEvent> refused(PaymentEvent event, Refusal why) {
    return why.reason() == Reason.PAYMENT_UNDONE
        ? Optional.empty()
        : Optional.of(event.next(POINTS_REFUSED, why));
  }
}
