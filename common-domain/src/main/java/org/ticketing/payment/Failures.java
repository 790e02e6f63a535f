package org.ticketing.payment;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/**
 * Why payments fail that are being attempted in this process. A protocol tells it before it undoes
 * one, so that {@link PaymentParticipant#cancel} records it: a payment that is read as FAILED must
 * not have another reason when it is read again. Kept in memory: of an attempt whose process has
 * died, the record says that it was interrupted.
 */
@Component
class Failures {

  private final Map<UUID, Optional<Refusal>> attempts = new ConcurrentHashMap<>();

  <T> T during(UUID paymentId, Supplier<T> attempt) {
    attempts.putIfAbsent(paymentId, Optional.empty());
    try {
      return attempt.get();
    } finally {
      attempts.remove(paymentId);
    }
  }

  /** See {@link PaymentParticipant#failing}. */
  void failing(UUID paymentId, Throwable failure) {
    Optional<Refusal> why = reasonOf(failure);
    attempts.computeIfPresent(paymentId, (id, first) -> first.or(() -> why));
  }

  private static Optional<Refusal> reasonOf(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return Optional.of(refusal);
    }
    return failure instanceof ServiceUnavailable silent
        ? Optional.of(unavailable(silent))
        : Optional.empty();
  }

  static Refusal unavailable(ServiceUnavailable failure) {
    return new Refusal(Reason.SERVICE_UNAVAILABLE, failure.getMessage());
  }

  /** Empty if the payment is not being attempted in this process, or not known to fail. */
  Optional<Refusal> of(UUID paymentId) {
    return attempts.getOrDefault(paymentId, Optional.empty());
  }
}
