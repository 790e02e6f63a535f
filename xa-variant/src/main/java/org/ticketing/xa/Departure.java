package org.ticketing.xa;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.ticketing.xa.InDoubtApi.Ended;

/**
 * What a coordinator does last when its process stops. It sees to it that nothing more is decided,
 * and then ends the branches that are left of its transactions, and of those of former processes of
 * its name, at the participants that answer. Otherwise they would keep wallets and seats locked
 * until a process has its name again.
 */
class Departure {

  static final Duration LONGEST = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(Departure.class);

  private final Claim claim;
  private final LastResources own;
  private final LeftBranches branches;

  Departure(Claim claim, LastResources own, LeftBranches branches) {
    this.claim = claim;
    this.own = own;
    this.branches = branches;
  }

  /** Whatever is silent, this takes no longer than it may. */
  void depart() {
    try {
      Ended ended =
          CompletableFuture.supplyAsync(this::endAll).get(LONGEST.toMillis(), MILLISECONDS);
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

  private Ended endAll() {
    own.decideNoMore();
    try {
      // A silent participant must not keep the answers of the others from being told.
      return branches.end(claim, LONGEST.multipliedBy(3).dividedBy(4));
    } catch (SQLException databaseAway) {
      throw new CompletionException(databaseAway);
    }
  }
}
