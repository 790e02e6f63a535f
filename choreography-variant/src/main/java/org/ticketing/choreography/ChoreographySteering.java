package org.ticketing.choreography;

import static org.ticketing.platform.tracking.TransactionState.COMPLETED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.ticketing.choreography.Participants.Answers;
import org.ticketing.choreography.StandingApi.Retried;
import org.ticketing.choreography.StandingApi.Retry;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.SteeringPlan;

/**
 * What operators can do about a payment that nobody conducts: hurry its events, replay those that
 * are parked, and cancel it. The record of the payment is never acted against.
 */
@Component
@ConditionalOnHosted("payment")
class ChoreographySteering {

  private static final Refusal BY_OPERATOR =
      new Refusal(Reason.PAYMENT_CANCELLED, "The payment was cancelled by an operator.");

  private final Standings standings;
  private final Participants participants;
  private final Cancellation cancellation;

  ChoreographySteering(Standings standings, Participants participants, Cancellation cancellation) {
    this.standings = standings;
    this.participants = participants;
    this.cancellation = cancellation;
  }

  Effect preview(Steering steering, Optional<Standing> payment) {
    return plan(steering, payment).preview();
  }

  Effect perform(Steering steering, Optional<Standing> payment) {
    return plan(steering, payment).action().get();
  }

  private SteeringPlan plan(Steering steering, Optional<Standing> known) {
    if (known.isEmpty()) {
      return SteeringPlan.refused("The record of payments does not know it.");
    }
    Standing payment = known.get();
    return switch (steering) {
      case RETRY -> retry(payment);
      case SUSPEND ->
          SteeringPlan.refused(
              "Nobody repeats it for ever: an event that fails again and again is parked, and"
                  + " waits for RETRY.");
      case RESUME -> SteeringPlan.nothing("nothing of it is stopped");
      case UNDO -> undo(payment);
      case COMPLETE -> complete(payment);
      case RELEASE ->
          SteeringPlan.refused(
              "The record of payments knows it, and its cancellation gives back what it took.");
    };
  }

  private SteeringPlan retry(Standing payment) {
    if (payment.state().isFinal() && payment.parked().isEmpty()) {
      return over(payment);
    }
    List<String> steps = new ArrayList<>();
    payment
        .parked()
        .forEach(event -> steps.add("react again to " + event.kind() + " at " + event.reader()));
    steps.add("hand over now the events that are not acknowledged");
    return SteeringPlan.of(steps, () -> retryNow(payment));
  }

  private Effect retryNow(Standing payment) {
    Answers<Retried> answers = participants.ask(each -> each.retry(new Retry(payment.id())));
    List<String> done = new ArrayList<>();
    boolean failed = !answers.notReached().isEmpty();
    for (Retried retried : answers.given()) {
      done.addAll(retried.done());
      retried.failures().forEach(failure -> done.add("failed: " + failure));
      failed |= !retried.failures().isEmpty();
    }
    done.addAll(answers.notReached());
    boolean finished = !failed && isOver(payment);
    return new Effect(done, false, null, finished);
  }

  private boolean isOver(Standing payment) {
    return standings.find(payment.id()).filter(after -> after.state().isFinal()).isPresent();
  }

  private SteeringPlan undo(Standing payment) {
    return switch (payment.state()) {
      case COMPLETED -> SteeringPlan.refused("Its record says so: the payment has happened.");
      case UNDONE -> over(payment);
      case WORKING -> cancel(payment);
      default ->
          SteeringPlan.refused("It is cancelled already. RETRY hands the cancellation over now.");
    };
  }

  private SteeringPlan cancel(Standing payment) {
    List<String> steps =
        List.of(
            "record that the payment has failed",
            "tell point and reservation to undo what they have done of it, or never to do it");
    return SteeringPlan.of(
        steps,
        () ->
            cancellation.cancel(payment.payment(), BY_OPERATOR)
                ? new Effect(steps, false, null, isOver(payment))
                : Effect.refused("It has ended meanwhile."));
  }

  private static SteeringPlan complete(Standing payment) {
    return switch (payment.state()) {
      case COMPLETED -> over(payment);
      case WORKING ->
          SteeringPlan.refused(
              "It completes when its points are used and its reservation is completed, and by"
                  + " nothing else. RETRY hurries that.");
      default -> SteeringPlan.refused("It is cancelled, and what was undone is not done again.");
    };
  }

  private static SteeringPlan over(Standing payment) {
    return SteeringPlan.nothing(
        payment.state() == COMPLETED
            ? "it is over: the payment has happened"
            : "it is over: it has failed, and nothing remains of it");
  }
}
