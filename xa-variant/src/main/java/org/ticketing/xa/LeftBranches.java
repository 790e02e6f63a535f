package org.ticketing.xa;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static javax.transaction.xa.XAException.XAER_NOTA;
import static javax.transaction.xa.XAResource.XA_OK;
import static org.ticketing.platform.tracking.TransactionState.COMPLETED;
import static org.ticketing.platform.tracking.TransactionState.COMPLETING;
import static org.ticketing.platform.tracking.TransactionState.UNDOING;
import static org.ticketing.platform.tracking.TransactionState.UNDONE;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.xa.InDoubtApi.BranchInDoubt;
import org.ticketing.xa.InDoubtApi.Ended;

/**
 * The branches that coordinators have left prepared at the participants. Whoever has the claim of a
 * coordinator ends its branches here as it has decided.
 *
 * <p>All participants are asked at the same time, and for a limited time, because one may be
 * silent: a claim must not be kept for longer than a process that wants it back waits. A message
 * that is still under way afterwards does no harm. It tells what is in the table of decisions,
 * which nobody changes any more.
 */
class LeftBranches {

  /** Shorter than a process waits for its claim: see {@link Claims}. */
  static final Duration LONGEST = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(LeftBranches.class);

  private final XaDatabase database;
  private final Participants participants;
  private final Suspensions suspensions;
  private final TransactionLog transactions;
  private final Executor threads = daemons();

  /**
   * @param transactions where it writes down what it has ended
   */
  LeftBranches(
      XaDatabase database,
      Participants participants,
      Suspensions suspensions,
      TransactionLog transactions) {
    this.database = database;
    this.participants = participants;
    this.suspensions = suspensions;
    this.transactions = transactions;
  }

  private static Executor daemons() {
    var threads = new SimpleAsyncTaskExecutor("left-branches-");
    threads.setDaemon(true);
    return threads;
  }

  /**
   * What is prepared.
   *
   * @param branches by the coordinator whose they are
   * @param notReached the participants that did not answer
   */
  record Prepared(Map<CoordinatorId, List<PreparedBranch>> branches, List<String> notReached) {}

  record PreparedBranch(String participant, BranchXid xid) {

    BranchInDoubt shown() {
      return new BranchInDoubt(participant, xid.toString());
    }
  }

  /** Lists what the participants have prepared, of all coordinators of this system. */
  Prepared prepared() {
    return prepared(LONGEST);
  }

  /**
   * Lists what the participants have prepared.
   *
   * @param longest how long it may take
   */
  Prepared prepared(Duration longest) {
    var prepared = new Prepared(new LinkedHashMap<>(), new ArrayList<>());
    ask(this::preparedAt, longest, prepared.notReached::add)
        .forEach(
            branch ->
                CoordinatorId.of(branch.xid)
                    .ifPresent(
                        owner ->
                            prepared
                                .branches
                                .computeIfAbsent(owner, none -> new ArrayList<>())
                                .add(branch)));
    return prepared;
  }

  private List<PreparedBranch> preparedAt(String participant) {
    return participants.branches(participant).prepared().stream()
        .map(branch -> new PreparedBranch(participant, BranchXid.valueOf(branch)))
        .toList();
  }

  /**
   * Ends the branches of the coordinator of a claim: commits those of transactions that it has
   * decided to commit, and decides to roll back its others, but leaves those that are suspended.
   * Removes its decisions when no participant has a branch of it any more. May be repeated, and has
   * to be while something is left.
   *
   * <p>It removes those alone that were taken before the participants were asked. The others may be
   * of branches that were prepared since: of a former process that has lost its claim while it was
   * deciding, or of one that has the claim after this.
   *
   * @param longest how long it may take
   * @throws SQLException the decisions cannot be read or removed now, or it is not known what is
   *     suspended
   */
  Ended end(Claim claim, Duration longest) throws SQLException {
    var decisions = new DecisionTable(database, claim, Duration.ZERO);
    Set<String> suspended = suspensions.all();
    List<String> committed = decisions.committed();
    Ended ended =
        end(
            branch -> CoordinatorId.of(branch.xid).filter(claim.id()::equals).isPresent(),
            branch ->
                suspended.contains(branch.xid.transaction())
                    ? Fate.LEFT
                    : end(branch, decisions.isCommitted(branch.xid.transaction())),
            longest);
    if (ended.left().isEmpty() && ended.notReached().isEmpty()) {
      decisions.remove(committed);
    }
    tell(ended);
    return ended;
  }

  /**
   * Ends the prepared branches of one transaction, whoever's they are, and suspended or not. Writes
   * nothing down, and leaves the decision where it is. May be repeated.
   *
   * @param committed whether to commit them; else they are rolled back
   */
  Ended end(String transaction, boolean committed) {
    return end(
        branch -> branch.xid.transaction().equals(transaction),
        branch -> end(branch, committed),
        LONGEST);
  }

  private Ended end(Predicate<PreparedBranch> which, Ending ending, Duration longest) {
    long deadline = System.nanoTime() + longest.toNanos();
    var ended =
        new Ended(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<End> ends =
        ask(
            participant ->
                preparedAt(participant).stream()
                    .filter(which)
                    .map(branch -> new End(branch, fate(branch, ending, deadline)))
                    .toList(),
            longest,
            ended.notReached()::add);
    ends.forEach(end -> end.fate.in(ended).add(end.branch.shown()));
    return ended;
  }

  private interface Ending {
    Fate of(PreparedBranch branch) throws SQLException;
  }

  private static Fate fate(PreparedBranch branch, Ending ending, long deadline) {
    if (System.nanoTime() >= deadline) {
      return Fate.LEFT;
    }
    try {
      return ending.of(branch);
    } catch (SQLException | RuntimeException failure) {
      log.warn("Branch {} of {} was not ended", branch.xid, branch.participant, failure);
      return Fate.LEFT;
    }
  }

  /** Writes down which transactions have come to their end. */
  private void tell(Ended ended) {
    if (!ended.notReached().isEmpty()) {
      return;
    }
    Set<String> left = transactions(ended.left());
    for (String transaction : transactions(ended.committed())) {
      if (!left.contains(transaction)) {
        transactions.changed(null, transaction, COMPLETING, COMPLETED, "recovered");
      }
    }
    for (String transaction : transactions(ended.rolledBack())) {
      if (!left.contains(transaction)) {
        transactions.changed(null, transaction, UNDOING, UNDONE, "recovered");
      }
    }
  }

  private static Set<String> transactions(List<BranchInDoubt> branches) {
    return branches.stream()
        .map(branch -> BranchXid.valueOf(branch.branch()).transaction())
        .collect(Collectors.toSet());
  }

  /** What has become of a branch. */
  private record End(PreparedBranch branch, Fate fate) {}

  private enum Fate {
    COMMITTED,
    ROLLED_BACK,
    LEFT;

    List<BranchInDoubt> in(Ended ended) {
      return switch (this) {
        case COMMITTED -> ended.committed();
        case ROLLED_BACK -> ended.rolledBack();
        case LEFT -> ended.left();
      };
    }
  }

  private Fate end(PreparedBranch branch, boolean committed) {
    BranchApi participant = participants.branches(branch.participant);
    int code = committed ? participant.commit(branch.xid, false) : participant.rollback(branch.xid);
    if (code != XA_OK && code != XAER_NOTA) {
      return Fate.LEFT;
    }
    return committed ? Fate.COMMITTED : Fate.ROLLED_BACK;
  }

  /** Returns the answers of all participants that have answered in time, in the order of names. */
  private <T> List<T> ask(
      Function<String, List<T>> question, Duration longest, Consumer<String> notReached) {
    long deadline = System.nanoTime() + longest.toNanos();
    Map<String, CompletableFuture<List<T>>> asked = new TreeMap<>();
    for (String participant : participants.names()) {
      asked.put(
          participant, CompletableFuture.supplyAsync(() -> question.apply(participant), threads));
    }
    List<T> answers = new ArrayList<>();
    asked.forEach(
        (participant, answer) -> {
          try {
            answers.addAll(answer.get(deadline - System.nanoTime(), NANOSECONDS));
          } catch (ExecutionException | TimeoutException failure) {
            log.warn("{} did not list its branches: {}", participant, failure.toString());
            notReached.accept(participant);
          } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            notReached.accept(participant);
          }
        });
    return answers;
  }
}
