package org.ticketing.experiments.crash;

import java.util.Optional;
import org.ticketing.workload.Answer;
import org.ticketing.workload.PlannedPayment;

/** A payment that a client asked for with an idempotency key, and the last answer to it. */
public record AskedPayment(PlannedPayment payment, String key, Answer answer) {

  /** How the answer differs from what the payment was prepared for. It may always have failed. */
  Optional<String> surprise() {
    return !answer.isFinal() || answer.isFailed() || payment.expected().isMetBy(answer)
        ? Optional.empty()
        : Optional.of(
            "payment %s: told %s, but was prepared for %s"
                .formatted(key, answer, payment.expected()));
  }
}
