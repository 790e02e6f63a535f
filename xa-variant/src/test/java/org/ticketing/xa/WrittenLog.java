package org.ticketing.xa;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.platform.tracking.TransactionState;

/** A log of transactions that a test reads. */
class WrittenLog implements TransactionLog {

  private record Change(String xid, String text) {}

  private final List<Change> changes = new CopyOnWriteArrayList<>();

  @Override
  public void changed(
      UUID payment, String xid, TransactionState from, TransactionState to, String cause) {
    changes.add(new Change(xid, from + " > " + to + (cause == null ? "" : ": " + cause)));
  }

  @Override
  public void phase(
      UUID payment,
      String xid,
      String phase,
      String participant,
      Instant begun,
      Duration took,
      Throwable failure) {
    // What XA itself writes are changes of state.
  }

  /** Such as {@code PREPARING > COMPLETING: decided}, in order. */
  List<String> changes() {
    return changes.stream().map(Change::text).toList();
  }

  /** Whose they are. */
  Set<String> transactions() {
    return changes.stream().map(Change::xid).collect(Collectors.toSet());
  }
}
