package org.ticketing.tcc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.seata.core.model.GlobalStatus;
import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.SteeringPlan;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.platform.tracking.TransactionState;
import org.ticketing.tcc.BranchApi.Ended;
import org.ticketing.tcc.BranchApi.Ending;
import org.ticketing.tcc.BranchApi.Release;
import org.ticketing.tcc.BranchApi.Suspension;
import org.ticketing.tcc.Participants.Answers;

/**
 * What operators can do about a transaction of TCC.
 *
 * <p>As long as Seata's server knows the transaction, its decision counts. What is decided may be
 * done by participants before the server asks for it: the fence makes the server's own call
 * harmless. What is not decided can be cancelled by the server. It cannot be completed, because
 * only who has begun it knows whether everything was tried.
 *
 * <p>Once the server has forgotten it, the payment's own branch is the decision, as {@link
 * ForgottenPayments} has it. Only if there is no record of the payment either, the operator decides
 * instead of the protocol, and can but cancel.
 */
@Component
@ConditionalOnHosted("payment")
class TccSteering {

  private static final String SERVER_AWAY = "Seata's server gives no answer.";

  private final TccTransactions transactions;
  private final Participants participants;
  private final OpenBranches branches;
  private final ForgottenPayments forgottenPayments;

  TccSteering(
      TccTransactions transactions,
      Participants participants,
      OpenBranches branches,
      ForgottenPayments forgottenPayments) {
    this.transactions = transactions;
    this.participants = participants;
    this.branches = branches;
    this.forgottenPayments = forgottenPayments;
  }

  Effect preview(Steering steering, TransactionKey key) {
    return plan(steering, transactions.seen(key)).preview();
  }

  Effect perform(Steering steering, TransactionKey key) {
    return plan(steering, transactions.find(key)).action().get();
  }

  private SteeringPlan plan(Steering steering, Optional<TccTransaction> known) {
    if (known.isEmpty()) {
      return SteeringPlan.refused("No participant that answers keeps anything of the transaction.");
    }
    TccTransaction transaction = known.get();
    if (transaction.xid() == null) {
      return steering == Steering.RELEASE
          ? release(transaction)
          : SteeringPlan.refused("Its Xid is not known: what is kept for it can only be released.");
    }
    if (transaction.server() == null) {
      return steering == Steering.SUSPEND || steering == Steering.RESUME
          ? suspend(transaction, steering == Steering.SUSPEND)
          : notNow();
    }
    return switch (steering) {
      case RETRY -> retry(transaction);
      case SUSPEND -> suspend(transaction, true);
      case RESUME -> suspend(transaction, false);
      case COMPLETE -> complete(transaction);
      case UNDO -> undo(transaction);
      case RELEASE -> release(transaction);
    };
  }

  private static SteeringPlan notNow() {
    return new SteeringPlan(
        Effect.refused(SERVER_AWAY),
        () -> {
          throw new ServiceUnavailable(SERVER_AWAY);
        });
  }

  private SteeringPlan retry(TccTransaction transaction) {
    return switch (transaction.decision()) {
      case COMPLETE, UNDO -> carryOut(transaction);
      case NONE ->
          transaction.isForgotten()
              ? decide(transaction)
              : SteeringPlan.refused(
                  "It is not decided, so nothing is repeated. UNDO cancels it now.");
      case UNKNOWN -> unknown(transaction);
    };
  }

  private SteeringPlan complete(TccTransaction transaction) {
    return switch (transaction.decision()) {
      case COMPLETE -> carryOut(transaction);
      case UNDO -> SteeringPlan.refused("It is decided: nothing of the payment happens.");
      case NONE ->
          transaction.isForgotten()
              ? SteeringPlan.refused("Nobody has confirmed it, so it can only be undone.")
              : SteeringPlan.refused("Only who has begun it knows whether everything was tried.");
      case UNKNOWN -> unknown(transaction);
    };
  }

  private SteeringPlan undo(TccTransaction transaction) {
    return switch (transaction.decision()) {
      case COMPLETE -> SteeringPlan.refused("It is decided: the payment happens.");
      case UNDO -> carryOut(transaction);
      case NONE -> transaction.isForgotten() ? decide(transaction) : rollBack(transaction);
      case UNKNOWN ->
          transaction.isForgotten() && transaction.recorded() == null
              ? cancelAll(transaction, true)
              : unknown(transaction);
    };
  }

  private static SteeringPlan unknown(TccTransaction transaction) {
    if (!transaction.isForgotten()) {
      return SteeringPlan.refused("Seata's server is changing it at this moment; ask again.");
    }
    return transaction.recorded() == null
        ? SteeringPlan.refused(
            "Neither Seata's server nor the record of payments knows it: it can only be undone.")
        : SteeringPlan.refused(
            "A participant may have confirmed it, and does not answer: "
                + transaction.notReached().get(0));
  }

  /** Does at the participants what is decided. */
  private SteeringPlan carryOut(TccTransaction transaction) {
    boolean complete = transaction.decision() == Decision.COMPLETE;
    if (transaction.isForgotten() && transaction.recorded() == Status.REQUESTED) {
      return decide(transaction);
    }
    List<String> steps = stepsOf(transaction, complete ? "confirm" : "cancel");
    if (steps.isEmpty()) {
      return nothingLeft(transaction);
    }
    return SteeringPlan.of(steps, () -> end(transaction, complete, new ArrayList<>()));
  }

  private static SteeringPlan nothingLeft(TccTransaction transaction) {
    return SteeringPlan.nothing(
        transaction.state() == TransactionState.COMPLETED
            ? "it is over: the payment has happened"
            : transaction.state() == TransactionState.UNDONE
                ? "it is over: nothing of the payment remains"
                : "no participant has an open branch of it: Seata's server ends it by itself");
  }

  private static List<String> stepsOf(TccTransaction transaction, String what) {
    return Stream.concat(
            transaction.rows().stream()
                .filter(FenceRow::open)
                .map(row -> what + " the branch of " + row.action()),
            transaction.notReached().stream().map(missing -> "not now: " + missing))
        .toList();
  }

  private Effect end(TccTransaction transaction, boolean complete, List<String> done) {
    var ending = new Ending(transaction.xid(), complete);
    return askAll(participant -> participant.end(ending), done);
  }

  private Effect askAll(Function<BranchApi, Ended> request, List<String> done) {
    Answers<Ended> answers = participants.ask(request);
    List<String> failures = new ArrayList<>(answers.notReached());
    for (Ended ended : answers.byName().values()) {
      done.addAll(ended.done());
      failures.addAll(ended.failures());
    }
    failures.forEach(failure -> done.add("failed: " + failure));
    if (done.isEmpty()) {
      done.add("nothing was left to do");
    }
    return new Effect(done, false, null, failures.isEmpty());
  }

  /** The payment's own branch is ended first: its end is the decision. */
  private SteeringPlan decide(TccTransaction transaction) {
    List<String> steps = new ArrayList<>();
    steps.add("take the branches of point and reservation away from Seata's server for good");
    steps.add(
        transaction.decision() == Decision.COMPLETE
            ? "complete the payment, because another participant has confirmed"
            : "let the payment fail, unless another participant confirms before");
    steps.add("end what is left as the payment is then recorded");
    return SteeringPlan.of(steps, () -> decideNow(transaction));
  }

  private Effect decideNow(TccTransaction transaction) {
    branches.of(transaction.xid()).stream()
        .filter(branch -> branch.action().equals(PaymentAction.NAME))
        .forEach(forgottenPayments::decide);
    TccTransaction decided =
        transactions.find(new TransactionKey(null, transaction.xid())).orElse(transaction);
    if (decided.recorded() == null || decided.recorded() == Status.REQUESTED) {
      return new Effect(List.of("the payment is not decided yet"), false, null, false);
    }
    List<String> done = new ArrayList<>();
    done.add("the payment is recorded as " + decided.recorded());
    return end(transaction, decided.recorded() == Status.COMPLETED, done);
  }

  private SteeringPlan rollBack(TccTransaction transaction) {
    List<String> steps = new ArrayList<>();
    steps.add("ask Seata's server to cancel the transaction");
    steps.addAll(stepsOf(transaction, "cancel"));
    return SteeringPlan.of(
        steps,
        () -> {
          GlobalStatus status = SeataServer.rollBack(transaction.xid());
          boolean over = status == GlobalStatus.Rollbacked;
          return switch (status) {
            case Committing, CommitRetrying, AsyncCommitting, Committed ->
                Effect.refused("It was decided meanwhile: the payment happens.");
            default ->
                new Effect(
                    List.of(
                        over
                            ? "Seata's server has cancelled all branches"
                            : "Seata's server answers " + status + ", and cancels what is left"),
                    false,
                    null,
                    over);
          };
        });
  }

  private SteeringPlan suspend(TccTransaction transaction, boolean suspended) {
    List<String> steps =
        new ArrayList<>(
            stepsOf(transaction, suspended ? "stop the recovery of" : "start the recovery of"));
    if (steps.isEmpty()) {
      return nothingLeft(transaction);
    }
    if (suspended && !transaction.isForgotten()) {
      steps.add("Seata's server goes on with it all the same: a client cannot tell it to stop");
    }
    return SteeringPlan.of(
        steps,
        () -> {
          var suspension = new Suspension(transaction.xid(), suspended);
          Answers<Boolean> answers =
              participants.ask(
                  participant -> {
                    participant.suspend(suspension);
                    return true;
                  });
          return new Effect(steps, false, null, answers.notReached().isEmpty());
        });
  }

  private SteeringPlan release(TccTransaction transaction) {
    if (transaction.recorded() != null) {
      return SteeringPlan.refused(
          "The payment is recorded as "
              + transaction.recorded()
              + ", and participants follow its record: nothing is forgotten.");
    }
    if (transaction.xid() != null && !transaction.isForgotten()) {
      return SteeringPlan.refused("Seata's server knows the transaction.");
    }
    return cancelAll(transaction, transaction.xid() == null);
  }

  /** Of a transaction that neither Seata's server nor the record of payments knows. */
  private SteeringPlan cancelAll(TccTransaction transaction, boolean heuristic) {
    if (transaction.payment() == null) {
      return SteeringPlan.refused("Its branches name no payment, and nothing is kept for it.");
    }
    List<String> steps =
        Stream.concat(
                stepsOf(transaction, "cancel").stream(),
                transaction.reserved().stream().map(name -> "give back what " + name + " keeps"))
            .toList();
    if (steps.isEmpty()) {
      return SteeringPlan.nothing("nothing is kept for it any more");
    }
    var release = new Release(transaction.xid(), transaction.payment());
    Supplier<Effect> action =
        () -> {
          Effect effect = askAll(participant -> participant.release(release), new ArrayList<>());
          return new Effect(effect.steps(), heuristic, null, effect.finished());
        };
    return heuristic ? SteeringPlan.heuristic(steps, action) : SteeringPlan.of(steps, action);
  }
}
