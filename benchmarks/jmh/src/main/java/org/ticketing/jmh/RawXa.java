package org.ticketing.jmh;

import static javax.transaction.xa.XAResource.TMNOFLAGS;
import static javax.transaction.xa.XAResource.TMSUCCESS;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The floor of two-phase commit: the XA calls alone, without a coordinator and without a log.
 * Prepare and commit each force a write in each database, so four in all. No transaction manager
 * can be faster; one that is as fast keeps no log, and cannot finish what a crash interrupts.
 *
 * <p>Reaching both databases at the same time saves waiting if the disk can force two writes at the
 * same time, and costs the hand-over to another thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class RawXa {

  private record Branch(long transaction, byte number) implements Xid {

    @Override
    public int getFormatId() {
      return 1;
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return ByteBuffer.allocate(Long.BYTES).putLong(transaction).array();
    }

    @Override
    public byte[] getBranchQualifier() {
      return new byte[] {number};
    }
  }

  private interface Message {
    void to(XAResource resource, Xid branch) throws XAException;
  }

  private ExecutorService others;
  private long transactions;
  private Branch inPostgresql;
  private Branch inMariadb;

  @Setup(Level.Trial)
  public void start() {
    others = Executors.newSingleThreadExecutor();
  }

  @TearDown(Level.Trial)
  public void stop() {
    others.shutdown();
  }

  @Benchmark
  public void oneAfterTheOther(TwoDatabases databases) throws Exception {
    work(databases);
    oneAfterTheOther(databases, XAResource::prepare);
    oneAfterTheOther(databases, RawXa::commit);
  }

  @Benchmark
  public void inParallel(TwoDatabases databases) throws Exception {
    work(databases);
    inParallel(databases, XAResource::prepare);
    inParallel(databases, RawXa::commit);
  }

  private void work(TwoDatabases databases) throws XAException, SQLException {
    transactions++;
    inPostgresql = new Branch(transactions, (byte) 1);
    inMariadb = new Branch(transactions, (byte) 2);
    work(databases.postgresql(), inPostgresql);
    work(databases.mariadb(), inMariadb);
  }

  private static void work(TwoDatabases.Database database, Xid branch)
      throws XAException, SQLException {
    database.resource().start(branch, TMNOFLAGS);
    database.work();
    database.resource().end(branch, TMSUCCESS);
  }

  private static void commit(XAResource resource, Xid branch) throws XAException {
    resource.commit(branch, false);
  }

  private void oneAfterTheOther(TwoDatabases databases, Message message) throws Exception {
    message.to(databases.postgresql().resource(), inPostgresql);
    message.to(databases.mariadb().resource(), inMariadb);
  }

  private void inParallel(TwoDatabases databases, Message message) throws Exception {
    XAResource mariadb = databases.mariadb().resource();
    Future<?> other =
        others.submit(
            () -> {
              message.to(mariadb, inMariadb);
              return null;
            });
    message.to(databases.postgresql().resource(), inPostgresql);
    other.get();
  }
}
