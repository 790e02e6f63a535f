package org.ticketing.payment;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.payment.SteeringRecords.Numbered;
import org.ticketing.payment.TransactionFilter.Show;
import org.ticketing.platform.Caller;
import org.ticketing.platform.Cursor;

@RestController
class TransactionsController implements TransactionsApi {

  private final Transactions transactions;
  private final TransactionCounting counting;
  private final SteeringTransactions steering;
  private final SteeringRecords records;

  TransactionsController(
      Transactions transactions,
      TransactionCounting counting,
      SteeringTransactions steering,
      SteeringRecords records) {
    this.transactions = transactions;
    this.counting = counting;
    this.steering = steering;
    this.records = records;
  }

  @Override
  public TransactionPage list(
      String show,
      UUID user,
      UUID payment,
      UUID reservation,
      String xid,
      String key,
      Instant from,
      Instant to,
      String after,
      int size) {
    return transactions.list(
        new TransactionFilter(Show.of(show), user, payment, reservation, xid, key, from, to),
        Place.read(after),
        size);
  }

  @Override
  public TransactionDetail find(String id) {
    return transactions.find(id);
  }

  @Override
  public TransactionCounts counts() {
    return counting.counts();
  }

  @Override
  public List<Steered> preview(SteeringOrder order) {
    return steering.preview(order);
  }

  @Override
  public List<Steered> steer(SteeringOrder order) {
    return steering.steer(Caller.userId(), order);
  }

  @Override
  public SteeringPage steerings(String after, int size) {
    Long before = Cursor.read(after, parts -> Long.valueOf(parts[0]));
    List<Numbered> found = records.before(before == null ? Long.MAX_VALUE : before, size + 1);
    List<Numbered> page = found.subList(0, Math.min(size, found.size()));
    return new SteeringPage(
        page.stream().map(Numbered::steering).toList(),
        found.size() > size ? Cursor.of(page.get(size - 1).number()) : null);
  }
}
