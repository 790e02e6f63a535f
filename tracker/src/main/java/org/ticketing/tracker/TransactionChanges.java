package org.ticketing.tracker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ticketing.payment.TransactionsApi.TransactionCounts;
import org.ticketing.payment.TransactionsApi.TransactionPage;
import org.ticketing.payment.TransactionsApi.TransactionSummary;

/**
 * What changes among the transactions that one query finds: of the latest, and of all that are
 * under way. Those that are not listed any more when they are over are looked up once more, so that
 * whoever was told of their begin is told of their end.
 */
final class TransactionChanges {

  private static final int PAGE = 200;

  /** The rest has its turn with the next question. */
  private static final int LOOK_UPS = 20;

  /**
   * @param changed as they are now, the latest first
   * @param gone the ids of those that nobody knows any more
   * @param gap whether there may be others in between, because there were too many at once
   * @param notReached as of the list
   */
  record Changes(
      String protocol,
      List<TransactionSummary> changed,
      List<String> gone,
      boolean gap,
      List<String> notReached) {

    boolean isEmpty() {
      return changed.isEmpty() && gone.isEmpty() && notReached.isEmpty();
    }
  }

  private final TransactionQuery query;
  private final OperatorCalls calls;
  private Map<String, TransactionSummary> told;

  TransactionChanges(TransactionQuery query, OperatorCalls calls) {
    this.query = query.first(PAGE);
    this.calls = calls;
  }

  TransactionCounts counts() {
    return calls.transactions().counts();
  }

  /** What has changed since the call before; at first, everything that is found. */
  Changes next() {
    TransactionPage latest = query.of(calls.transactions());
    Map<String, TransactionSummary> now = byId(latest.transactions());
    boolean gap =
        told != null
            && !told.isEmpty()
            && now.size() >= PAGE
            && now.keySet().stream().noneMatch(told::containsKey);
    if (query.show().equals(TransactionQuery.ALL) && !query.isForOne()) {
      byId(query.showing(TransactionQuery.IN_FLIGHT).of(calls.transactions()).transactions())
          .forEach(now::putIfAbsent);
    }
    List<String> gone = new ArrayList<>();
    if (told != null) {
      followUp(now, gone);
    }
    List<TransactionSummary> changed =
        now.entrySet().stream()
            .filter(each -> told == null || !each.getValue().equals(told.get(each.getKey())))
            .map(Map.Entry::getValue)
            .toList();
    told = now;
    return new Changes(latest.protocol(), changed, gone, gap, latest.notReached());
  }

  private void followUp(Map<String, TransactionSummary> now, List<String> gone) {
    int lookUps = 0;
    for (Map.Entry<String, TransactionSummary> each : told.entrySet()) {
      if (each.getValue().endedAt() != null || now.containsKey(each.getKey())) {
        continue;
      }
      if (lookUps++ >= LOOK_UPS) {
        now.put(each.getKey(), each.getValue());
        continue;
      }
      List<TransactionSummary> found = lookUp(each.getValue());
      if (found.isEmpty()) {
        gone.add(each.getKey());
      } else {
        now.putAll(byId(found));
      }
    }
  }

  private List<TransactionSummary> lookUp(TransactionSummary transaction) {
    Search.Field field = transaction.payment() == null ? Search.Field.XID : Search.Field.PAYMENT;
    return query
        .showing(TransactionQuery.ALL)
        .by(field, id(transaction), null)
        .of(calls.transactions())
        .transactions();
  }

  private static Map<String, TransactionSummary> byId(Collection<TransactionSummary> transactions) {
    Map<String, TransactionSummary> byId = new LinkedHashMap<>();
    transactions.forEach(each -> byId.putIfAbsent(id(each), each));
    return byId;
  }

  private static String id(TransactionSummary transaction) {
    return transaction.payment() == null ? transaction.xid() : transaction.payment().toString();
  }
}
