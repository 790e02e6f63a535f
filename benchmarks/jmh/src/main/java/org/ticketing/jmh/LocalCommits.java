package org.ticketing.jmh;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What two databases cost without atomicity: each commits by itself, one after the other. A crash
 * between the two leaves one half of the change. Two forced writes, one in each database; all that
 * the other benchmarks of two databases take beyond this is the price of atomicity.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class LocalCommits {

  @Setup(Level.Trial)
  public void commitWhenAsked(TwoDatabases databases) throws SQLException {
    databases.postgresql().connection().setAutoCommit(false);
    databases.mariadb().connection().setAutoCommit(false);
  }

  @Benchmark
  public void commit(TwoDatabases databases) throws SQLException {
    databases.postgresql().work();
    databases.mariadb().work();
    databases.postgresql().connection().commit();
    databases.mariadb().connection().commit();
  }
}
