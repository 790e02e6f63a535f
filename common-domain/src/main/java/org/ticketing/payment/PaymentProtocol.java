package org.ticketing.payment;

import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/**
 * The one thing in which the systems differ: records the payment, uses the points and completes the
 * reservation, all or nothing, although they lie in three databases. Each system implements it
 * once.
 */
public interface PaymentProtocol {

  /**
   * Makes the payment. A protocol that undoes it by {@link PaymentParticipant#cancel} says before
   * why, by {@link PaymentParticipant#failing}.
   *
   * @throws Refusal a participant refused; nothing remains of the payment
   * @throws ServiceUnavailable a participant or the coordinator gave no answer; what was done is
   *     undone, or will be when they are back
   * @throws OutcomeUnknown the decision may have been taken, but could not be learnt
   * @throws DuplicatePayment another payment has the key; nothing was done
   * @throws DataAccessException the payment's own database gave no answer; the outcome is unknown
   */
  Receipt pay(PaymentCommand command);

  /**
   * Returns those of these COMPLETED payments that are sure to stay so. Until then the protocol may
   * still undo a payment, and the payment service tells nobody that it has completed, neither
   * partners nor the queue, nor the customer who asks again. The other services do not ask: they
   * show what the payment has done in them as soon as their own databases have it.
   *
   * @param completed at least one
   */
  default Set<UUID> finalOf(Set<UUID> completed) {
    return completed;
  }

  /** Whether this COMPLETED payment is sure to stay so. */
  default boolean isFinal(UUID completed) {
    return !finalOf(Set.of(completed)).isEmpty();
  }

  /**
   * Whether a payment of this user has FAILED already, and something that it has done, or may still
   * do, is to be undone. Until then the user neither pays nor withdraws points: the payment that
   * has failed may have used the points that are missing, and have completed the reservation.
   */
  default boolean isUndoing(UUID userId) {
    return false;
  }

  /**
   * Whether an accepted payment that is still REQUESTED may be attempted again with the same id,
   * after an attempt that died or whose outcome was not learnt. It may if nothing that the earlier
   * attempt has done, or may still do or have undone, can meet what the new one does: see {@link
   * PaymentWorker}. Otherwise the protocol's recovery ends the payment.
   *
   * @param recorded whether the record of payments shows that an attempt has recorded it. Where the
   *     record takes part in one transaction with everything else, it never does
   */
  default boolean isRepeatable(UUID paymentId, boolean recorded) {
    return !recorded;
  }
}
