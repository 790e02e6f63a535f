package org.ticketing.payment;

import io.micrometer.observation.Observation;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.ticketing.platform.LogField;
import org.ticketing.platform.Observations;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/**
 * Observes each request for a payment, by the timer {@code ticketing.payment} and, if it is traced,
 * as the span {@code payment}: how long it took, its outcome, and the reason. An answer that was
 * given before, to the same key, counts once more.
 */
@Component
class PaymentObservations {

  private static final String NAME = "ticketing.payment";

  private final Observations observations;

  PaymentObservations(Observations observations) {
    this.observations = observations;
  }

  /** Carries the payment out. What it throws is thrown on. */
  Receipt observe(Supplier<Receipt> payment) {
    try (Observations.Trace trace = observations.beginTrace(null)) {
      return observeHere(payment);
    }
  }

  private Receipt observeHere(Supplier<Receipt> payment) {
    long begun = System.nanoTime();
    Observation observation =
        Observation.createNotStarted(NAME, observations.spans()).contextualName("payment").start();
    try (Observation.Scope underWay = observation.openScope()) {
      Receipt receipt = payment.get();
      note(observation, begun, Outcome.COMPLETED, "none");
      return receipt;
    } catch (Refusal refusal) {
      note(observation, begun, Outcome.of(refusal.reason()), refusal.reason().id());
      throw refusal;
    } catch (ServiceUnavailable failure) {
      note(observation, begun, Outcome.FAILED, Reason.SERVICE_UNAVAILABLE.id());
      throw failure;
    } catch (OutcomeUnknown failure) {
      note(observation, begun, Outcome.UNKNOWN, Reason.OUTCOME_UNKNOWN.id());
      throw failure;
    } catch (RuntimeException | Error failure) {
      note(observation, begun, Outcome.UNKNOWN, Reason.INTERNAL_ERROR.id());
      throw failure;
    } finally {
      LogField.PAYMENT
          .value()
          .ifPresent(id -> observation.highCardinalityKeyValue(LogField.PAYMENT.key(), id));
      observation.stop();
    }
  }

  private void note(Observation observation, long begun, Outcome outcome, String reason) {
    observation
        .lowCardinalityKeyValue("outcome", outcome.toString())
        .lowCardinalityKeyValue("reason", reason);
    observations.time(
        NAME, System.nanoTime() - begun, "outcome", outcome.toString(), "reason", reason);
  }
}
