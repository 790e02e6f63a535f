package org.ticketing.xa;

import static com.atomikos.recovery.TxState.COMMITTING;
import static com.atomikos.recovery.TxState.TERMINATED;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.atomikos.recovery.LogWriteException;
import com.atomikos.recovery.OltpLog;
import com.atomikos.recovery.PendingTransactionRecord;
import com.atomikos.recovery.RecoveryLog;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decisions to commit that not every participant has heard of yet: a file with a line for each
 * decision and for its end. A decision is forced to the disk before anybody is told. Its end is
 * not: without it a restart tells the decision once more (presumed abort: Mohan, Lindsay and
 * Obermarck, Transaction Management in the R* Distributed Database Management System, 1986).
 *
 * <p>When the disk fails, what is told follows from what a restart would read:
 *
 * <ul>
 *   <li>A decision that could not be written whole is taken back, and its transaction rolled back.
 *   <li>A decision that was written and could not be forced may be on the disk or not, and asking
 *       again proves nothing: the operating system drops what it could not write and reports it
 *       once (https://wiki.postgresql.org/wiki/Fsync_Errors). So nothing is told and the process
 *       ends, as PostgreSQL does. The restart copies what it reads to a new file; only when that is
 *       forced does it act by it.
 * </ul>
 *
 * <p>It takes the place of the log of Atomikos 6.0.0, which lets phase two begin in both cases:
 * {@code CachedRepository.put} answers any failure with a checkpoint that lacks the decision, and
 * {@code FileSystemRepository.writeToFile} takes a line that was written in part for written.
 */
class DecisionLog implements OltpLog, RecoveryLog {

  /** EX_IOERR of {@code sysexits.h}. */
  static final int INPUT_OUTPUT_ERROR = 74;

  /** In bytes; about six thousand transactions. */
  static final long LONG = 1 << 20;

  private static final Logger log = LoggerFactory.getLogger(DecisionLog.class);

  private final Path path;
  private final IntConsumer end;
  private final FileChannel lock;
  private final Map<String, PendingTransactionRecord> committing = new ConcurrentHashMap<>();
  private RandomAccessFile file;

  /** Of what was written whole; what is behind it is overwritten. */
  private long length;

  private long tooLong;

  /**
   * @param end ends the process with an exit status, without anything else being done in it
   * @throws IOException it is in use, or cannot be read, or there is no room for what is in it
   */
  DecisionLog(Path directory, String name, IntConsumer end) throws IOException {
    this.path = directory.resolve(name + ".log");
    this.end = end;
    if (Files.notExists(directory)) {
      Files.createDirectories(directory);
      forceFolder(directory.toAbsolutePath().getParent());
    }
    this.lock = FileChannel.open(directory.resolve(name + ".lock"), CREATE, WRITE);
    try {
      if (lock.tryLock() == null) {
        throw new IOException("Another process uses " + path);
      }
      read();
      rewrite();
    } catch (IOException | RuntimeException failure) {
      closeQuietly(lock);
      throw failure;
    }
  }

  /**
   * The last line may have been written in part. A crash of the machine may also have left anything
   * else behind the last decision that was forced.
   */
  private void read() throws IOException {
    if (Files.notExists(path)) {
      return;
    }
    String content = new String(Files.readAllBytes(path), US_ASCII);
    content.substring(0, content.lastIndexOf('\n') + 1).lines().forEach(this::read);
  }

  private void read(String line) {
    try {
      PendingTransactionRecord transaction = PendingTransactionRecord.fromRecord(line);
      if (transaction.state == COMMITTING) {
        committing.put(transaction.id, transaction);
      } else {
        committing.remove(transaction.id);
      }
    } catch (IllegalArgumentException unreadable) {
      log.warn("{} has a line that cannot be read: {}", path, line);
    }
  }

  /** Leaves out what has ended. One file takes the other's place in one step. */
  private void rewrite() throws IOException {
    Path next = path.resolveSibling(path.getFileName() + ".next");
    RandomAccessFile former = file;
    var rewritten = new RandomAccessFile(next.toFile(), "rw");
    long written = 0;
    try {
      rewritten.setLength(0);
      for (PendingTransactionRecord transaction : committing.values()) {
        byte[] line = line(transaction);
        rewritten.write(line);
        written += line.length;
      }
      force(rewritten);
    } catch (IOException failure) {
      closeQuietly(rewritten);
      throw failure;
    }
    replaceBy(next);
    file = rewritten;
    length = written;
    tooLong = Math.max(LONG, 2 * length);
    closeQuietly(former);
  }

  private void replaceBy(Path next) {
    try {
      Files.move(next, path, ATOMIC_MOVE);
      forceFolder(path.getParent());
    } catch (IOException eitherIsThere) {
      throw stop(eitherIsThere);
    }
  }

  /** So that what was created or renamed in it is there after a crash of the machine. */
  private static void forceFolder(Path folder) throws IOException {
    try (FileChannel entries = FileChannel.open(folder)) {
      entries.force(true);
    }
  }

  /** Atomikos tells of every change of a transaction that its own log would keep. */
  @Override
  public void write(PendingTransactionRecord transaction) throws LogWriteException {
    if (transaction.state == COMMITTING) {
      decide(transaction);
    } else if (transaction.state == TERMINATED) {
      forget(transaction.id);
    }
  }

  /**
   * @throws LogWriteException it is not decided, and a restart will not read that it was
   */
  private synchronized void decide(PendingTransactionRecord transaction) throws LogWriteException {
    try {
      if (file != null && length > tooLong) {
        shorten();
      }
      append(transaction);
    } catch (IOException noRoom) {
      throw new LogWriteException(noRoom);
    }
    try {
      force(file);
      committing.put(transaction.id, transaction);
    } catch (Throwable mayBeThere) {
      throw stop(mayBeThere);
    }
  }

  @Override
  public synchronized void forget(String transaction) {
    PendingTransactionRecord decided = committing.remove(transaction);
    if (decided != null) {
      try {
        append(decided.markAsTerminated());
      } catch (IOException noRoom) {
        log.debug("The end of {} is not in the log", transaction, noRoom);
      }
    }
  }

  /** Whole or not at all. */
  private void append(PendingTransactionRecord transaction) throws IOException {
    if (file == null) {
      throw new IOException("the log is closed");
    }
    byte[] line = line(transaction);
    try {
      file.seek(length);
      file.write(line);
    } catch (IOException noRoom) {
      takeBack();
      throw noRoom;
    }
    length += line.length;
  }

  private void takeBack() {
    try {
      file.setLength(length);
    } catch (IOException mayBeThere) {
      throw stop(mayBeThere);
    }
  }

  private void shorten() {
    try {
      rewrite();
    } catch (IOException noRoom) {
      tooLong = 2 * length;
      log.warn("{} cannot be shortened now: {}", path, noRoom.toString());
    }
  }

  /** Also reports what went wrong with earlier writes. */
  void force(RandomAccessFile written) throws IOException {
    written.getFD().sync();
  }

  /** A file that was forced, or will not be read. */
  private static void closeQuietly(Closeable file) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException failure) {
      log.debug("A file was not closed", failure);
    }
  }

  private static byte[] line(PendingTransactionRecord transaction) {
    return transaction.toRecord().getBytes(US_ASCII);
  }

  private Error stop(Throwable failure) {
    log.error(
        "What {} holds is not known any more ({}). This process ends; a restart will read it.",
        path,
        failure.toString());
    end.accept(INPUT_OUTPUT_ERROR);
    return new Error("the process ends", failure);
  }

  @Override
  public PendingTransactionRecord get(String transaction) {
    return committing.get(transaction);
  }

  @Override
  public Collection<PendingTransactionRecord> getPendingTransactionRecords() {
    return List.copyOf(committing.values());
  }

  /** Until they expire, the transaction itself still tells its participants. */
  @Override
  public Collection<PendingTransactionRecord> getExpiredPendingCommittingTransactionRecordsAt(
      long time) {
    return committing.values().stream().filter(decided -> decided.expires < time).toList();
  }

  @Override
  public void forgetTransactionRecords(Collection<PendingTransactionRecord> transactions) {
    transactions.forEach(transaction -> forget(transaction.id));
  }

  /** Only a coordinator that another one commands is ever in doubt. */
  @Override
  public Collection<PendingTransactionRecord> getIndoubtTransactionRecords() {
    return List.of();
  }

  /** Likewise. */
  @Override
  public void recordAsCommitting(String transaction) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isActive() {
    return true;
  }

  @Override
  public void closing() {
    // nobody waits to take over
  }

  /** What was decided stays known to whoever asks until the process ends. */
  @Override
  public synchronized void close() {
    closeQuietly(file);
    closeQuietly(lock);
    file = null;
  }

  @Override
  public void closed() {
    // closed with close()
  }
}
