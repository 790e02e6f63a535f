package org.ticketing.xa;

import static org.ticketing.platform.tracking.TransactionState.COMPLETED;
import static org.ticketing.platform.tracking.TransactionState.UNDONE;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.ticketing.platform.Caller;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.SteeringPlan;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.xa.InDoubtApi.BranchInDoubt;
import org.ticketing.xa.InDoubtApi.Ended;

/**
 * What operators do about one transaction. Nothing is done against a decision. Where there is none,
 * the {@link Decider} records one first. Only where the decision is in no place that can be read
 * here does the operator decide: X/Open XA calls that a heuristic decision.
 */
class XaSteering {

  private static final Logger log = LoggerFactory.getLogger(XaSteering.class);

  private final Decider decider;
  private final LeftBranches branches;
  private final Suspensions suspensions;
  private final TransactionLog transactions;

  XaSteering(
      Decider decider,
      LeftBranches branches,
      Suspensions suspensions,
      TransactionLog transactions) {
    this.decider = decider;
    this.branches = branches;
    this.suspensions = suspensions;
    this.transactions = transactions;
  }

  Effect preview(Steering steering, Standing standing) {
    return plan(steering, standing).preview();
  }

  /**
   * @throws ServiceUnavailable the payment's database gives no answer
   */
  Effect perform(Steering steering, Standing standing) {
    return plan(steering, standing).action().get();
  }

  private interface Action {
    Effect perform() throws SQLException;
  }

  private static Supplier<Effect> onDatabase(Action action) {
    return () -> {
      try {
        return action.perform();
      } catch (SQLException failure) {
        throw new ServiceUnavailable("The payment's database gives no answer now.", failure);
      }
    };
  }

  private SteeringPlan plan(Steering steering, Standing standing) {
    if (!standing.isKnown() && steering != Steering.RESUME) {
      return SteeringPlan.refused(
          "No branch of it was found, and no decision is left to be told: there is nothing to do.");
    }
    return switch (steering) {
      case RETRY -> retry(standing);
      case SUSPEND -> suspend(standing);
      case RESUME -> resume(standing);
      case COMPLETE -> complete(standing);
      case UNDO -> undo(standing);
      case RELEASE ->
          SteeringPlan.refused(
              "XA keeps nothing of which no coordinator knows: order UNDO or COMPLETE instead.");
    };
  }

  private SteeringPlan suspend(Standing standing) {
    if (standing.isElsewhere()) {
      return SteeringPlan.refused(
          "Its decisions are not in this database, so that nobody here repeats anything.");
    }
    return SteeringPlan.of(
        List.of(
            "recovery and take-over leave its branches alone, in every process that has this"
                + " database, until it is resumed"),
        onDatabase(
            () -> {
              suspensions.add(standing.transaction());
              return done(List.of("suspended"));
            }));
  }

  /** What is known here of suspensions may be a second old, so the order is carried out anyway. */
  private SteeringPlan resume(Standing standing) {
    Effect preview =
        standing.isSuspended()
            ? new Effect(List.of("recovery goes on with it"), false, null, false)
            : new Effect(List.of("it is not suspended"), false, null, true);
    return new SteeringPlan(
        preview,
        onDatabase(
            () -> {
              suspensions.remove(standing.transaction());
              return done(List.of("resumed"));
            }));
  }

  private SteeringPlan retry(Standing standing) {
    if (standing.isSuspended()) {
      return SteeringPlan.refused("It is suspended: resume it first.");
    }
    if (standing.isUnderWay()) {
      return SteeringPlan.refused("It is under way: the payment's own thread goes on with it.");
    }
    return switch (standing.decision()) {
      case NONE -> runsElsewhere(standing);
      case UNKNOWN ->
          SteeringPlan.refused("Its decision is not known here: order COMPLETE or UNDO instead.");
      case COMPLETE -> end(standing, true);
      case UNDO -> end(standing, false);
    };
  }

  private SteeringPlan complete(Standing standing) {
    return switch (standing.decision()) {
      case COMPLETE -> end(standing, true);
      case UNDO ->
          SteeringPlan.refused(
              "The payment's database has no decision to commit it, and none can follow: it is"
                  + " rolled back (presumed abort).");
      case NONE ->
          standing.isOurs()
              ? SteeringPlan.refused(
                  "It is under way, and its coordinator alone may decide to commit it.")
              : runsElsewhere(standing);
      case UNKNOWN -> heuristic(standing, true);
    };
  }

  private SteeringPlan undo(Standing standing) {
    return switch (standing.decision()) {
      case COMPLETE ->
          SteeringPlan.refused(
              "The payment's database has the decision to commit it" + since(standing));
      case UNDO -> end(standing, false);
      case NONE -> standing.isOurs() ? end(standing, false) : runsElsewhere(standing);
      case UNKNOWN -> heuristic(standing, false);
    };
  }

  private String since(Standing standing) {
    return decider.decidedAt(standing).map(time -> " since " + time + ".").orElse(".");
  }

  private static SteeringPlan runsElsewhere(Standing standing) {
    return SteeringPlan.refused(
        "Coordinator %s runs in another process, and ends it by itself, within seconds of its"
                .formatted(standing.owner())
            + " decision or of the end of its time.");
  }

  /** As it is decided. */
  private SteeringPlan end(Standing standing, boolean committed) {
    List<String> steps = new ArrayList<>();
    if (standing.recorded() == null && !committed) {
      steps.add("record the decision to roll back");
    }
    steps.addAll(steps(standing, committed));
    return SteeringPlan.of(steps, onDatabase(() -> endAsDecided(standing, committed)));
  }

  private Effect endAsDecided(Standing standing, boolean committed) throws SQLException {
    Optional<Boolean> decision = decider.decide(standing);
    if (decision.isEmpty()) {
      return Effect.refused(
          "Its coordinator is deciding at this moment, or runs again: look at it once more.");
    }
    if (decision.get() != committed) {
      return Effect.refused("It was decided otherwise meanwhile: look at it once more.");
    }
    return end(standing, committed, false, "by an operator");
  }

  private SteeringPlan heuristic(Standing standing, boolean committed) {
    if (standing.isOwnerRunning()) {
      return SteeringPlan.refused(
          "Coordinator %s runs, and knows the decision: it ends its branches by itself."
              .formatted(standing.owner()));
    }
    return SteeringPlan.heuristic(
        steps(standing, committed),
        onDatabase(
            () -> {
              String operator = String.valueOf(Caller.userId());
              Effect effect = end(standing, committed, true, "heuristic, by user " + operator);
              log.warn(
                  "Heuristic decision of user {} on transaction {} of {}, whose own decision is not"
                      + " known here: {}. {}",
                  operator,
                  standing.transaction(),
                  standing.owner(),
                  committed ? "commit" : "roll back",
                  effect.steps());
              return effect;
            }));
  }

  /** What would be done. */
  private static List<String> steps(Standing standing, boolean committed) {
    List<String> steps = new ArrayList<>();
    standing
        .branches()
        .forEach(
            branch ->
                steps.add(
                    (committed ? "commit" : "roll back")
                        + " the branch of "
                        + branch.participant()));
    standing
        .survey()
        .notReached()
        .forEach(
            participant ->
                steps.add(participant + " was not reached: a branch that it may have is left"));
    if (standing.isUnderWay()) {
      steps.add("its own thread ends what is not prepared");
    }
    return steps.isEmpty() ? List.of("nothing: no participant has a branch of it") : steps;
  }

  private Effect end(Standing standing, boolean committed, boolean heuristic, String cause)
      throws SQLException {
    Ended ended = branches.end(standing.transaction(), committed);
    boolean isOver =
        ended.left().isEmpty() && ended.notReached().isEmpty() && !decider.isUnderWay(standing);
    if (isOver) {
      suspensions.remove(standing.transaction());
    }
    boolean hasEndedSome = !ended.committed().isEmpty() || !ended.rolledBack().isEmpty();
    if (isOver && hasEndedSome) {
      transactions.changed(
          standing.progress().map(Progress::payment).orElse(null),
          standing.transaction(),
          standing.state(),
          committed ? COMPLETED : UNDONE,
          cause);
    }
    return new Effect(steps(ended), heuristic, null, isOver);
  }

  /** What was done. */
  private static List<String> steps(Ended ended) {
    List<String> steps = new ArrayList<>();
    add(steps, "committed the branch of ", ended.committed(), "");
    add(steps, "rolled back the branch of ", ended.rolledBack(), "");
    add(steps, "the branch of ", ended.left(), " is left: order it again");
    ended
        .notReached()
        .forEach(participant -> steps.add(participant + " was not reached: order it again"));
    return steps.isEmpty() ? List.of("no participant had a branch of it") : steps;
  }

  private static void add(
      List<String> steps, String before, List<BranchInDoubt> branches, String after) {
    branches.forEach(branch -> steps.add(before + branch.participant() + after));
  }

  private static Effect done(List<String> steps) {
    return new Effect(steps, false, null, true);
  }
}
