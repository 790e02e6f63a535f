package org.ticketing.jmh;

import com.arjuna.ats.arjuna.common.CoordinatorEnvironmentBean;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.arjuna.coordinator.TwoPhaseCommitThreadPool;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import jakarta.transaction.TransactionManager;
import java.lang.reflect.Method;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.util.ReflectionUtils;

/**
 * What an engineer would pick instead of Atomikos: Narayana, the transaction manager of WildFly and
 * Quarkus. Its log is a file for each transaction (ShadowNoFileLockStore, its default), forced to
 * the disk once the decision to commit is in it; removing the file is not forced. Its phases visit
 * the databases one after the other unless it is told otherwise.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class NarayanaCommits {

  /** Whether a phase reaches both databases at the same time; Narayana's default is that not. */
  @Param({"false", "true"})
  private boolean parallel;

  private TransactionManager narayana;

  @Setup(Level.Trial)
  public void start(TwoDatabases databases) throws Exception {
    arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier("jmh");
    String folder = databases.logFolder().toString();
    for (String store : new String[] {null, "communicationStore", "stateStore"}) {
      var settings = BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store);
      settings.setObjectStoreDir(folder);
      settings.setObjectStoreSync(true);
    }
    var coordinator = BeanPopulator.getDefaultInstance(CoordinatorEnvironmentBean.class);
    coordinator.setAsyncPrepare(parallel);
    coordinator.setAsyncCommit(parallel);
    narayana = com.arjuna.ats.jta.TransactionManager.transactionManager();
  }

  /** Ends the threads of the parallel phases, which would keep this JVM alive. */
  @TearDown(Level.Trial)
  public void stop() {
    if (parallel) {
      Method shutdown =
          ReflectionUtils.findMethod(TwoPhaseCommitThreadPool.class, "shutdownExecutorNow");
      ReflectionUtils.makeAccessible(shutdown);
      ReflectionUtils.invokeMethod(shutdown, null);
    }
  }

  @Benchmark
  public void commit(TwoDatabases databases) throws Exception {
    narayana.begin();
    var transaction = narayana.getTransaction();
    transaction.enlistResource(databases.postgresql().resource());
    transaction.enlistResource(databases.mariadb().resource());
    databases.postgresql().work();
    databases.mariadb().work();
    narayana.commit();
  }
}
