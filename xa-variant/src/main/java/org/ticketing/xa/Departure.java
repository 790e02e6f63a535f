package org.ticketing.xa;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.transaction.xa.XAException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.ticketing.xa.InDoubtApi.Ended;

/**
 * What a coordinator does last when its process stops. It sees to it that nothing more is decided,
 * and tells the participants of what is under way to roll back. Then it ends the branches that are
 * prepared all the same, or were left by former processes of its name, at the participants that
 * answer. Otherwise they would keep wallets and seats locked until a process has its name again.
 */
class Departure {

  /** Whatever is silent. */
  static final Duration LONGEST = Duration.ofSeconds(2);

  private static final Duration FOR_ROLLBACKS = Duration.ofMillis(600);
  private static final Duration FOR_PREPARED = Duration.ofMillis(1200);

  private static final Logger log = LoggerFactory.getLogger(Departure.class);

  private final Claim claim;
  private final LastResources own;
  private final DecisionTable decisions;
  private final LeftBranches left;

  Departure(Claim claim, LastResources own, DecisionTable decisions, LeftBranches left) {
    this.claim = claim;
    this.own = own;
    this.decisions = decisions;
    this.left = left;
  }

  /**
   * @param underWay what has not come to an end although it was waited for
   */
  void depart(UnderWay underWay) {
    try {
      Ended ended =
          CompletableFuture.supplyAsync(() -> endAll(underWay))
              .get(LONGEST.toMillis(), MILLISECONDS);
      if (!ended.left().isEmpty() || !ended.notReached().isEmpty()) {
        log.warn("Branches are left to the recovery of {} after a restart: {}", claim.id(), ended);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException failure) {
      log.warn(
          "Branches may be left to the recovery of {} after a restart: {}",
          claim.id(),
          failure.toString());
    }
  }

  private Ended endAll(UnderWay underWay) {
    own.decideNoMore();
    rollBackUndecided(underWay.all());
    try {
      return left.end(claim, FOR_PREPARED);
    } catch (SQLException databaseAway) {
      throw new CompletionException(databaseAway);
    }
  }

  /**
   * A participant that is too slow for an answer rolls the branch back when it gets the message,
   * also one that it prepares meanwhile ({@link Branches#rollback}).
   */
  private void rollBackUndecided(Map<String, Progress> underWay) {
    long deadline = System.nanoTime() + FOR_ROLLBACKS.toNanos();
    var threads = new SimpleAsyncTaskExecutor("departure-");
    threads.setDaemon(true);
    List<CompletableFuture<Void>> messages = new ArrayList<>();
    underWay.forEach(
        (transaction, progress) -> {
          if (System.nanoTime() < deadline && isUndecided(transaction)) {
            progress.undoing("the process stops");
            progress
                .branches()
                .forEach(
                    branch ->
                        messages.add(CompletableFuture.runAsync(() -> rollBack(branch), threads)));
          }
        });
    try {
      CompletableFuture.allOf(messages.toArray(CompletableFuture[]::new))
          .get(deadline - System.nanoTime(), NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException slow) {
      log.debug("A participant has not answered a rollback yet", slow);
    }
  }

  /** Makes sure of it, as recovery does. */
  private boolean isUndecided(String transaction) {
    try {
      return !decisions.isCommitted(transaction);
    } catch (SQLException notKnown) {
      return false;
    }
  }

  private static void rollBack(ParticipantResource branch) {
    try {
      branch.rollback(branch.branch());
    } catch (XAException notReached) {
      log.debug("{} was not told to roll back {}", branch, branch.branch(), notReached);
    }
  }
}
