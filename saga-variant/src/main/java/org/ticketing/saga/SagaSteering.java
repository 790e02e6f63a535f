package org.ticketing.saga;

import static org.ticketing.platform.tracking.TransactionState.COMPLETED;
import static org.ticketing.platform.tracking.TransactionState.UNDONE;
import static org.ticketing.platform.tracking.TransactionState.WORKING;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.seata.common.exception.FrameworkException;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.LogField;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.SteeringPlan;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.platform.tracking.TransactionState;

/**
 * What operators can do about a saga. What the log says is never acted against: a saga whose
 * success is logged stays, and one whose compensation has begun does not go on.
 *
 * <p>Each order is safe beside a payment process that is at work in the saga all the same. Who
 * compensates or resumes a saga takes it over, after which the other begins no further step ({@link
 * SagaLog}); and a step that is done twice, or late, changes nothing, because participants go by
 * the payment's id.
 */
@Component
@ConditionalOnHosted("payment")
class SagaSteering {

  private final Sagas sagas;
  private final SagaEngine engine;
  private final Duration timeout;
  private final Clock clock;

  SagaSteering(Sagas sagas, SagaEngine engine, CoordinatorSettings settings, Clock clock) {
    this.sagas = sagas;
    this.engine = engine;
    this.timeout = settings.transactionTimeout();
    this.clock = clock;
  }

  Effect preview(Steering steering, Optional<Saga> saga) {
    return plan(steering, saga).preview();
  }

  Effect perform(Steering steering, Optional<Saga> saga) {
    return plan(steering, saga).action().get();
  }

  private SteeringPlan plan(Steering steering, Optional<Saga> known) {
    if (known.isEmpty()) {
      return SteeringPlan.refused("The log of sagas does not know the transaction.");
    }
    Saga saga = known.get();
    return switch (steering) {
      case RETRY -> retry(saga);
      case SUSPEND -> suspend(saga);
      case RESUME -> resume(saga);
      case UNDO -> undo(saga);
      case COMPLETE -> complete(saga);
      case RELEASE ->
          SteeringPlan.refused(
              "The log of sagas knows it, and its compensation gives back what it took.");
    };
  }

  private SteeringPlan retry(Saga saga) {
    return switch (saga.state()) {
      case COMPLETED, UNDONE -> over(saga);
      case WORKING ->
          SteeringPlan.refused(
              "Nothing of it is repeated yet: it is compensated from "
                  + shown(saga.begunAt().plus(timeout))
                  + " on, unless it has ended. UNDO compensates it now.");
      default -> compensate(saga);
    };
  }

  private SteeringPlan undo(Saga saga) {
    return switch (saga.state()) {
      case COMPLETED -> SteeringPlan.refused("Its success is logged: the payment has happened.");
      case UNDONE -> over(saga);
      default -> compensate(saga);
    };
  }

  private SteeringPlan suspend(Saga saga) {
    if (saga.state().isFinal()) {
      return over(saga);
    }
    List<String> steps =
        List.of(
            "begin no compensation of it by recovery, in any payment process",
            "answer Seata's server, which asks every second: not compensated yet",
            "let go on what is under way in a payment process");
    return SteeringPlan.of(
        steps,
        () -> {
          sagas.suspend(saga.xid());
          return new Effect(steps, false, null, true);
        });
  }

  private SteeringPlan resume(Saga saga) {
    if (!saga.suspended()) {
      return SteeringPlan.nothing("nothing of it is stopped");
    }
    List<String> steps = List.of("let its compensations begin again, within five seconds");
    return SteeringPlan.of(
        steps,
        () -> {
          sagas.resume(saga.xid());
          return new Effect(steps, false, null, true);
        });
  }

  /**
   * The steps may be under way in a payment process: it begins no further one once the saga is
   * taken over. Of two compensations, one waits until the other must have ended.
   */
  private SteeringPlan compensate(Saga saga) {
    if (saga.state() != WORKING && isHeld(saga)) {
      return SteeringPlan.refused(
          "Its compensation may be under way in a payment process, until "
              + shown(saga.updatedAt().plus(timeout))
              + ".");
    }
    List<String> steps = new ArrayList<>();
    for (SagaStep step : sagas.stepsOf(saga.xid())) {
      if (step.isToBeCompensated()) {
        steps.add("compensate " + step.name());
      }
    }
    Collections.reverse(steps);
    if (steps.isEmpty()) {
      steps.add("log that nothing is left to compensate");
    }
    return SteeringPlan.of(steps, () -> attempt(saga, UNDONE, steps, engine::compensateNow));
  }

  private SteeringPlan complete(Saga saga) {
    return switch (saga.state()) {
      case COMPLETED -> over(saga);
      case WORKING -> goOn(saga);
      default ->
          SteeringPlan.refused(
              "Its compensation has begun, and what was undone is not done again.");
    };
  }

  private SteeringPlan goOn(Saga saga) {
    if (isHeld(saga)) {
      return SteeringPlan.refused(
          "It may be running in a payment process, until "
              + shown(saga.updatedAt().plus(timeout))
              + ". SUSPEND it, so that it is not compensated then, and complete it afterwards.");
    }
    List<SagaStep> begun = sagas.stepsOf(saga.xid());
    if (begun.isEmpty()) {
      return SteeringPlan.refused("No step of it has begun: it can only be undone.");
    }
    Set<String> done =
        begun.stream()
            .filter(step -> step.status().equals("SU"))
            .map(SagaStep::name)
            .collect(Collectors.toSet());
    List<String> steps = new ArrayList<>();
    for (SagaDefinition.Step step : PaymentSaga.DEFINITION.steps()) {
      if (!done.contains(step.name())) {
        steps.add("do " + step.name());
      }
    }
    steps.add("log the success; if a step fails, compensate all of them");
    return SteeringPlan.of(steps, () -> attempt(saga, COMPLETED, steps, this::forward));
  }

  /** Seata's server, which believes that its time has run out, must not have it compensated. */
  private void forward(String xid) {
    sagas.holdOff(xid, timeout);
    try {
      engine.forward(xid, null);
    } finally {
      sagas.goOn(xid);
    }
  }

  private interface Attempt {
    void at(String xid);
  }

  private Effect attempt(Saga saga, TransactionState wanted, List<String> steps, Attempt attempt) {
    List<String> done = new ArrayList<>(steps);
    try (LogField.Scope payment = LogField.PAYMENT.during(saga.payment())) {
      attempt.at(saga.xid());
    } catch (FrameworkException notNow) {
      done.add("not possible now: " + FailureText.firstLine(notNow.getMessage()));
    }
    Saga after = sagas.find(new TransactionKey(null, saga.xid())).orElseThrow();
    if (wanted == UNDONE && after.state() == COMPLETED) {
      return Effect.refused("Its success was logged meanwhile: the payment has happened.");
    }
    boolean finished = after.state() == wanted;
    if (!finished && after.failure() != null) {
      done.add("failed: " + after.failure());
    }
    return new Effect(done, false, null, finished);
  }

  private static SteeringPlan over(Saga saga) {
    return SteeringPlan.nothing(
        saga.state() == COMPLETED
            ? "it is over: the payment has happened"
            : "it is over: nothing of the payment remains");
  }

  /** Whether an engine may be at work in it, by the time that a saga may take. */
  private boolean isHeld(Saga saga) {
    return saga.running() && !saga.updatedAt().plus(timeout).isBefore(clock.instant());
  }

  private static Instant shown(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
