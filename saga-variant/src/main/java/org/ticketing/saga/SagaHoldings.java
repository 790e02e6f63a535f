package org.ticketing.saga;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.Holdings;
import org.ticketing.platform.tracking.TransactionKey;

/** What the log of sagas holds of a payment: a row for the saga, and one for each step begun. */
@Component
@ConditionalOnHosted("payment")
class SagaHoldings implements Holdings {

  private static final String PARTICIPANT = "payment";

  private final Sagas sagas;

  SagaHoldings(Sagas sagas) {
    this.sagas = sagas;
  }

  @Override
  public List<Holding> of(TransactionKey transaction) {
    return sagas.find(transaction).map(this::of).orElse(List.of());
  }

  private List<Holding> of(Saga saga) {
    return Stream.concat(
            Stream.of(rowOf(saga)), sagas.stepsOf(saga.xid()).stream().map(SagaHoldings::rowOf))
        .toList();
  }

  private static Holding rowOf(Saga saga) {
    String compensation =
        saga.compensationStatus() == null ? "" : ", compensation " + saga.compensationStatus();
    String running = saga.running() ? ", running" : "";
    Meaning meaning =
        switch (saga.state()) {
          case COMPLETED -> Meaning.DONE;
          case UNDONE -> Meaning.UNDONE;
          default -> Meaning.OPEN;
        };
    return new Holding(
        PARTICIPANT,
        "saga",
        saga.status() + compensation + running,
        meaning,
        saga.updatedAt(),
        List.of());
  }

  private static Holding rowOf(SagaStep step) {
    String what = (step.compensation() ? "compensation " : "step ") + step.name();
    return new Holding(PARTICIPANT, what, step.status(), meaningOf(step), step.since(), List.of());
  }

  private static Meaning meaningOf(SagaStep step) {
    return switch (step.status()) {
      case "SU" -> step.compensation() || step.compensated() ? Meaning.UNDONE : Meaning.DONE;
      case "FA" -> step.compensation() ? Meaning.OPEN : Meaning.UNDONE;
      default -> step.compensated() ? Meaning.UNDONE : Meaning.OPEN;
    };
  }
}
