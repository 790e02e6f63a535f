package org.ticketing.xa;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;

/**
 * How many decisions a second the coordinator takes, from one to eight payments at the same time.
 * Each is a transaction of the coordinator's own database with nothing but the decision, on a
 * connection of its own, and is forced to the disk. A database that commits in groups takes more
 * the more ask, because one forced write serves all who wait; a log that forces each decision by
 * itself takes no more from eight threads than from one, and is a bound on the payments of the
 * whole system.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecisionLogAppend {

  private final AtomicLong transactions = new AtomicLong();
  private LocalStack stack;
  private CoordinatorDatabase database;

  @Setup(Level.Trial)
  public void open() throws SQLException {
    stack = LocalStack.start(StackOptions.forServers(Set.of("postgresql")));
    database = new CoordinatorDatabase(stack.postgres().createDatabase("bench"));
  }

  /** As each scan of recovery does. */
  @TearDown(Level.Iteration)
  public void removeDecisions() {
    database.log().getExpiredPendingCommittingTransactionRecordsAt(0);
  }

  @TearDown(Level.Trial)
  public void close() {
    database.close();
    stack.close();
  }

  @Benchmark
  @Threads(1)
  public void oneThread() throws Exception {
    decideAndForget();
  }

  @Benchmark
  @Threads(2)
  public void twoThreads() throws Exception {
    decideAndForget();
  }

  @Benchmark
  @Threads(4)
  public void fourThreads() throws Exception {
    decideAndForget();
  }

  @Benchmark
  @Threads(8)
  public void eightThreads() throws Exception {
    decideAndForget();
  }

  private void decideAndForget() throws Exception {
    String id = database.prefix() + transactions.incrementAndGet();
    database.resources().decide(id);
    database.log().forget(id);
  }
}
