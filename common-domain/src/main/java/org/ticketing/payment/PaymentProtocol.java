package org.ticketing.payment;

import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/**
 * The heart of the comparison: records the payment, uses the points and completes the reservation,
 * which lie in three databases, so that all of it happens or nothing. Implemented once by each
 * variant and baseline.
 */
public interface PaymentProtocol {

  /**
   * @throws Refusal a participant's rule said no; nothing remains of the payment
   * @throws ServiceUnavailable a participant or the coordinator gave no answer; whatever was done
   *     is undone, or will be when they are back
   * @throws OutcomeUnknown the decision was taken or is being taken, and could not be learnt
   * @throws DuplicatePayment another payment has the key; nothing was done
   * @throws DataAccessException the payment's own database gave no answer; nothing more is known
   */
  Receipt pay(PaymentCommand command);

  /**
   * Which of the payments that are COMPLETED stay so. Where a protocol may still undo one, nobody
   * is told of it, the customer who asks again included, until it is sure not to.
   */
  default Set<UUID> finalOf(Set<UUID> completed) {
    return completed;
  }

  /** The same of one. */
  default boolean isFinal(UUID completed) {
    return !finalOf(Set.of(completed)).isEmpty();
  }
}
