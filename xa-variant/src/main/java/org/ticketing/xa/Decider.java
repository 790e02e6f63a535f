package org.ticketing.xa;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.ticketing.xa.CoordinatorSettings.Log;

/**
 * Finds out, for an operator, what is decided about a transaction, as its coordinator itself would:
 * one that is not decided to be committed is decided to be rolled back. For a coordinator that runs
 * nowhere it takes the claim, so that the coordinator decides no more.
 */
class Decider {

  /** PostgreSQL's code for a row that another transaction is about to add (lock_not_available). */
  private static final String BEING_DECIDED = "55P03";

  private final XaDatabase database;
  private final Claims claims;
  private final DecisionTable own;
  private final UnderWay underWay;
  private final CoordinatorSettings settings;

  /**
   * @param own the decisions of this process's coordinator
   */
  Decider(
      XaDatabase database,
      Claims claims,
      DecisionTable own,
      UnderWay underWay,
      CoordinatorSettings settings) {
    this.database = database;
    this.claims = claims;
    this.own = own;
    this.underWay = underWay;
    this.settings = settings;
  }

  boolean isUnderWay(Standing standing) {
    return underWay.contains(standing.transaction());
  }

  /** Returns when the decision to commit was taken, if that is known. */
  Optional<Instant> decidedAt(Standing standing) {
    return Optional.ofNullable(standing.recorded())
        .filter(RecordedDecision::committed)
        .map(decision -> decision.expires().minus(settings.transactionTimeout()));
  }

  /**
   * Returns whether the decision is to commit. If there is none, this decides to roll back.
   *
   * @return empty if the coordinator is about to decide, or runs again
   * @throws SQLException it is not known now
   */
  Optional<Boolean> decide(Standing standing) throws SQLException {
    if (standing.recorded() != null) {
      return Optional.of(standing.recorded().committed());
    }
    if (standing.isOurs()) {
      return settings.log() == Log.OWN
          ? decide(own, standing)
          : Optional.of(false).filter(committed -> !isUnderWay(standing));
    }
    Optional<Claim> taken = takeOver(standing);
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    try (Claim claim = taken.get()) {
      return decide(new DecisionTable(database, claim, settings.transactionTimeout()), standing);
    }
  }

  private static Optional<Boolean> decide(DecisionTable decisions, Standing standing)
      throws SQLException {
    try {
      return Optional.of(decisions.isCommitted(standing.transaction()));
    } catch (SQLException failure) {
      if (BEING_DECIDED.equals(failure.getSQLState())) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private Optional<Claim> takeOver(Standing standing) throws SQLException {
    Optional<RegisteredCoordinator> absent =
        standing
            .coordinator()
            .map(CoordinatorState::coordinator)
            .filter(coordinator -> coordinator.log() == Log.OWN);
    return absent.isEmpty() ? Optional.empty() : claims.takeOver(absent.get());
  }
}
