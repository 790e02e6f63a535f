package org.ticketing.platform.tracking;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a process: a queue in memory, and a thread that writes what is in it to the {@link
 * LogTable} four times a second. All that a payment does for it is to make a small record and to
 * put it into the queue, which never waits.
 *
 * <p>While the database is away, entries are kept until the queue is full. Then the oldest in it
 * are lost, and counted. A process that is killed loses what came after the last write: up to a
 * quarter of a second, and, on PostgreSQL, what its server had not forced yet when that was killed
 * too. Nothing depends on them: no recovery reads the log, and what became of a transaction is read
 * from the engine and from the databases. What is missing are the last phases in a time line.
 */
public final class QueuedLog implements TransactionLog {

  private static final Logger log = LoggerFactory.getLogger(QueuedLog.class);

  private static final Duration PAUSE = Duration.ofMillis(250);

  /** How long a process that stops waits for the last entries to be written. */
  private static final Duration LAST_FLUSH = Duration.ofSeconds(1);

  /** How many entries are written in one transaction. */
  private static final int AT_ONCE = 10_000;

  private final LogTable table;
  private final BlockingQueue<LoggedEntry> queue;
  private final List<LoggedEntry> unwritten = new ArrayList<>();
  private final AtomicLong lost = new AtomicLong();
  private Thread writer;
  private CountDownLatch stopping;
  private boolean failing;

  /**
   * @param capacity how many entries are kept in memory
   */
  public QueuedLog(LogTable table, int capacity) {
    this.table = table;
    this.queue = new ArrayBlockingQueue<>(capacity);
  }

  @Override
  public void changed(
      UUID payment, String xid, TransactionState from, TransactionState to, String cause) {
    add(new LoggedEntry(Instant.now(), payment, xid, from, to, null, null, null, cause, false));
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
    add(
        new LoggedEntry(
            begun,
            payment,
            xid,
            null,
            null,
            phase,
            participant,
            took.toNanos() / 1000,
            failure == null ? null : failure.toString(),
            failure != null));
  }

  private void add(LoggedEntry entry) {
    if (entry.payment() == null && entry.xid() == null) {
      return; // part of no transaction, such as a look at what is in doubt
    }
    while (!queue.offer(entry)) {
      if (queue.poll() != null && lost.incrementAndGet() == 1) {
        log.warn("The log of transactions has lost entries, because it could not write them.");
      }
    }
  }

  /** How many entries could not be written since the start of the process. */
  public long lost() {
    return lost.get();
  }

  /** Begins to write, in a thread of its own. */
  public synchronized void start() {
    var stop = new CountDownLatch(1);
    stopping = stop;
    writer = new Thread(() -> writeUntil(stop), "transaction-log");
    writer.setDaemon(true);
    writer.start();
  }

  private void writeUntil(CountDownLatch stop) {
    try {
      while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        flush();
        removeOld();
      }
      flush();
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes the rest, as far as that is possible within a second, and ends. */
  public synchronized void stop() {
    if (writer == null) {
      return;
    }
    stopping.countDown();
    try {
      writer.join(LAST_FLUSH.toMillis());
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    writer = null;
  }

  public synchronized boolean isRunning() {
    return writer != null;
  }

  /** Writes what is in the queue. What cannot be written is kept for the next time. */
  void flush() {
    do {
      if (unwritten.isEmpty()) {
        queue.drainTo(unwritten, AT_ONCE);
      }
    } while (!unwritten.isEmpty() && writeUnwritten());
  }

  /** Whether they need not be kept any longer. */
  private boolean writeUnwritten() {
    try {
      table.add(LogRow.of(unwritten));
      failing = false;
    } catch (SQLException | RuntimeException failure) {
      if (!LogTable.isUnstorable(failure)) {
        warn("The log of transactions is kept in memory, because it cannot be written", failure);
        return false;
      }
      lost.addAndGet(unwritten.size());
      warn("Entries of the log of transactions cannot be stored", failure);
    }
    unwritten.clear();
    return true;
  }

  private void removeOld() {
    try {
      table.removeOld();
    } catch (SQLException | RuntimeException failure) {
      warn("Old entries of the log of transactions cannot be removed", failure);
    }
  }

  /** Once, until something is written again. */
  private void warn(String what, Exception failure) {
    if (!failing) {
      log.warn("{}: {}", what, failure.toString());
    }
    failing = true;
  }
}
