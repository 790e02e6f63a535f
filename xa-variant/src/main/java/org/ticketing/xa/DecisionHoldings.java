package org.ticketing.xa;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.Holdings;
import org.ticketing.platform.tracking.TransactionKey;

/**
 * What the payment's database has of a transaction as last resource: the local transaction that is
 * not committed yet, which this process knows, and the decision.
 */
@Component
@ConditionalOnHosted("payment")
class DecisionHoldings implements Holdings {

  private final XaDatabase database;
  private final LastResources resources;
  private final CoordinatorSettings settings;

  DecisionHoldings(XaDatabase database, LastResources resources, CoordinatorSettings settings) {
    this.database = database;
    this.resources = resources;
    this.settings = settings;
  }

  /**
   * @throws ServiceUnavailable the database gives no answer
   */
  @Override
  public List<Holding> of(TransactionKey key) {
    if (key.xid() == null) {
      return List.of();
    }
    String transaction = BranchXid.transactionOf(key.xid());
    List<Holding> holdings = new ArrayList<>();
    if (resources.isOpen(transaction)) {
      holdings.add(holding("local transaction, last resource", "ACTIVE", Meaning.OPEN, null));
    }
    try {
      RecordedDecision.find(transaction, database).map(this::holding).ifPresent(holdings::add);
    } catch (SQLException failure) {
      throw new ServiceUnavailable("The decisions cannot be read now.", failure);
    }
    return holdings;
  }

  /** A row is kept until all participants were told, if it is to commit, and a day otherwise. */
  private Holding holding(RecordedDecision decision) {
    return decision.committed()
        ? holding(
            "decision",
            "COMMIT",
            Meaning.DONE,
            decision.expires().minus(settings.transactionTimeout()))
        : holding("decision", "ROLL BACK", Meaning.UNDONE, null);
  }

  private static Holding holding(String what, String state, Meaning meaning, Instant since) {
    return new Holding(CoordinatorConfiguration.PAYMENT, what, state, meaning, since, List.of());
  }
}
