package org.ticketing.payment;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.ticketing.platform.LogField;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/**
 * Observes each request for a payment, as the span {@code payment} and the timer {@code
 * ticketing.payment}: how long it took, its outcome, and the reason. An answer that was given
 * before, to the same key, counts once more.
 */
@Component
class PaymentObservations {

  private static final String NAME = "ticketing.payment";

  private final ObservationRegistry observations;

  PaymentObservations(ObservationRegistry observations) {
    this.observations = observations;
  }

  /** Carries the payment out. What it throws is thrown on. */
  Receipt observe(Supplier<Receipt> payment) {
    Observation observation =
        Observation.createNotStarted(NAME, observations).contextualName("payment").start();
    try (Observation.Scope underWay = observation.openScope()) {
      Receipt receipt = payment.get();
      note(observation, Outcome.COMPLETED, "none");
      return receipt;
    } catch (Refusal refusal) {
      note(observation, Outcome.of(refusal.reason()), refusal.reason());
      throw refusal;
    } catch (ServiceUnavailable failure) {
      note(observation, Outcome.FAILED, Reason.SERVICE_UNAVAILABLE);
      throw failure;
    } catch (OutcomeUnknown failure) {
      note(observation, Outcome.UNKNOWN, Reason.OUTCOME_UNKNOWN);
      throw failure;
    } catch (RuntimeException | Error failure) {
      note(observation, Outcome.UNKNOWN, Reason.INTERNAL_ERROR);
      throw failure;
    } finally {
      LogField.PAYMENT
          .value()
          .ifPresent(id -> observation.highCardinalityKeyValue(LogField.PAYMENT.key(), id));
      observation.stop();
    }
  }

  private static void note(Observation observation, Outcome outcome, Reason reason) {
    note(observation, outcome, reason.id());
  }

  private static void note(Observation observation, Outcome outcome, String reason) {
    observation
        .lowCardinalityKeyValue("outcome", outcome.toString())
        .lowCardinalityKeyValue("reason", reason);
  }
}
