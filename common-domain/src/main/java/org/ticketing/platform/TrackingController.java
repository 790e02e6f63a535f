package org.ticketing.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holdings;
import org.ticketing.platform.tracking.LogTable;
import org.ticketing.platform.tracking.LogTable.Page;
import org.ticketing.platform.tracking.LogTable.Position;
import org.ticketing.platform.tracking.QueuedLog;
import org.ticketing.platform.tracking.TrackingApi;
import org.ticketing.platform.tracking.TransactionKey;

/**
 * Answers before migrations have run as far as it can, because what they wait for are branches in
 * doubt, which is when operators ask.
 */
@RestController
@BeforeMigrations
class TrackingController implements TrackingApi {

  private static final Logger log = LoggerFactory.getLogger(TrackingController.class);

  private final LogTable table;
  private final ObjectProvider<QueuedLog> queue;
  private final ObjectProvider<Holdings> holdings;

  TrackingController(
      LogTable table, ObjectProvider<QueuedLog> queue, ObjectProvider<Holdings> holdings) {
    this.table = table;
    this.queue = queue;
    this.holdings = holdings;
  }

  @Override
  public LogPage log(UUID payment, String xid, String after, int size) {
    Position position =
        Cursor.read(
            after, parts -> new Position(Long.parseLong(parts[0]), Integer.parseInt(parts[1])));
    TransactionKey transaction =
        payment == null && xid == null ? null : new TransactionKey(payment, xid);
    QueuedLog written = queue.getIfAvailable();
    try {
      Page page = table.read(transaction, position, size);
      return new LogPage(
          page.entries(),
          page.next() == null ? null : Cursor.of(page.next().row(), page.next().entries()),
          table.keptSince(),
          written == null ? 0 : written.lost());
    } catch (BadSqlGrammarException notMigrated) {
      throw new ServiceUnavailable("The tables of the log are not there yet.", notMigrated);
    }
  }

  @Override
  public List<Holding> holdings(UUID payment, String xid) {
    if (payment == null && xid == null) {
      throw new Refusal(Reason.INVALID_REQUEST, "payment or xid has to be given.");
    }
    TransactionKey transaction = completed(new TransactionKey(payment, xid));
    List<Holding> found = new ArrayList<>();
    for (Holdings some : holdings.orderedStream().toList()) {
      try {
        found.addAll(some.of(transaction));
      } catch (BadSqlGrammarException notMigrated) {
        log.warn("{} cannot be read: {}", some.getClass().getSimpleName(), notMigrated.toString());
      }
    }
    return found;
  }

  private TransactionKey completed(TransactionKey known) {
    try {
      return table.completed(known);
    } catch (BadSqlGrammarException notMigrated) {
      return known;
    }
  }
}
