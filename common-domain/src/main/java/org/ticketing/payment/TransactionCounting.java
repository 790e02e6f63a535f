package org.ticketing.payment;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.ticketing.payment.TransactionsApi.TransactionCounts;
import org.ticketing.payment.TransactionsApi.TransactionSummary;

/** Counts transactions at most once a second, however many watch. */
@Component
class TransactionCounting {

  private final Transactions transactions;
  private final RecentOutcomes outcomes;
  private final Clock clock;
  private TransactionCounts counts;
  private Instant countedAt = Instant.EPOCH;

  TransactionCounting(Transactions transactions, RecentOutcomes outcomes, Clock clock) {
    this.transactions = transactions;
    this.outcomes = outcomes;
    this.clock = clock;
  }

  synchronized TransactionCounts counts() {
    Instant now = clock.instant();
    if (!now.isBefore(countedAt.plusSeconds(1))) {
      counts = count();
      countedAt = now;
    }
    return counts;
  }

  private TransactionCounts count() {
    List<TransactionSummary> underWay =
        transactions.unfinished().transactions().stream()
            .filter(transaction -> !transaction.state().isFinal())
            .toList();
    return new TransactionCounts(
        outcomes.counts(),
        outcomes.perSecond(),
        underWay.size(),
        underWay.stream().filter(TransactionFilter::isInDoubt).count(),
        underWay.stream().filter(TransactionSummary::stuck).count());
  }
}
