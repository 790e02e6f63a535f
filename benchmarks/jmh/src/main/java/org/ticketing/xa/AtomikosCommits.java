package org.ticketing.xa;

import com.atomikos.datasource.xa.XATransactionalResource;
import com.atomikos.icatch.config.Configuration;
import com.atomikos.icatch.config.UserTransactionServiceImp;
import com.atomikos.icatch.jta.UserTransactionManager;
import com.atomikos.recovery.PendingTransactionRecord;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAResource;
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
import org.ticketing.jmh.TwoDatabases;

/**
 * What a coordinator's log costs: one global transaction of two databases, committed by Atomikos
 * with its own log, and with the decision in PostgreSQL, which is then the {@link LastResource}.
 * Atomikos's own log forces the decision and the end of the transaction, and both databases are
 * prepared: six forced writes. The last resource is not prepared, its commit is the decision, and
 * the end is not forced: three. Both phases reach the databases at the same time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class AtomikosCommits {

  private static final String LAST_RESOURCE = "last-resource";

  /** A name of {@link CoordinatorSettings.Log}. */
  @Param({"OWN", "ATOMIKOS"})
  private String log;

  private CoordinatorDatabase database;
  private UserTransactionServiceImp atomikos;
  private TransactionManager transactions;

  @Setup(Level.Trial)
  public void start(TwoDatabases databases) throws Exception {
    Files.createDirectories(databases.logFolder());
    database = new CoordinatorDatabase(databases.postgresql().access());
    var properties = new Properties();
    set(properties, "tm_unique_name", database.prefix());
    set(properties, "log_base_dir", databases.logFolder());
    set(properties, "log_base_name", "decisions");
    set(properties, "max_actives", -1);
    set(properties, "allow_subtransactions", false);
    DecisionLogFactory.use(isOwn() ? database.log() : null);
    atomikos = new UserTransactionServiceImp(properties);
    atomikos.setInitialRecoverableResources(
        List.of(
            new Unrecovered("postgresql", databases.postgresql().resource()),
            new Unrecovered(
                LAST_RESOURCE, new ParticipantResource(LAST_RESOURCE, database.resources())),
            new Unrecovered("mariadb", databases.mariadb().resource())));
    atomikos.init();
    reachDatabasesInParallel();
    var manager = new UserTransactionManager();
    manager.setStartupTransactionService(false);
    transactions = manager;
  }

  private boolean isOwn() {
    return log.equals(CoordinatorSettings.Log.OWN.name());
  }

  private static void set(Properties properties, String name, Object value) {
    properties.setProperty("com.atomikos.icatch." + name, value.toString());
  }

  /** As {@link Coordinator} does. */
  private static void reachDatabasesInParallel() {
    Object service = Configuration.getTransactionService();
    Field oneAfterTheOther =
        ReflectionUtils.findField(service.getClass(), "single_threaded_2pc_", boolean.class);
    ReflectionUtils.makeAccessible(oneAfterTheOther);
    ReflectionUtils.setField(oneAfterTheOther, service, false);
  }

  @TearDown(Level.Trial)
  public void stop() {
    atomikos.shutdownWait();
    database.close();
  }

  @Benchmark
  public void commit(TwoDatabases databases) throws Exception {
    transactions.begin();
    var transaction = transactions.getTransaction();
    transaction.enlistResource(databases.mariadb().resource());
    databases.mariadb().work();
    if (isOwn()) {
      commitWithLastResource(transaction);
    } else {
      transaction.enlistResource(databases.postgresql().resource());
      databases.postgresql().work();
      transactions.commit();
    }
  }

  private void commitWithLastResource(Transaction transaction) throws Exception {
    var postgresql = new ParticipantResource(LAST_RESOURCE, database.resources());
    transaction.enlistResource(postgresql);
    try (Connection connection = database.resources().open(Enlistment.start(postgresql.branch()));
        PreparedStatement work = connection.prepareStatement(TwoDatabases.WORK)) {
      work.executeUpdate();
    }
    transactions.commit();
    database.resources().leave(postgresql.branch());
  }

  /** A database that Atomikos does not ask for branches left behind: nothing crashes here. */
  private static class Unrecovered extends XATransactionalResource {

    private final XAResource resource;

    Unrecovered(String name, XAResource resource) {
      super(name);
      this.resource = resource;
    }

    @Override
    protected XAResource refreshXAConnection() {
      return resource;
    }

    @Override
    public boolean usesXAResource(XAResource other) {
      return other.getClass() == resource.getClass();
    }

    @Override
    public boolean recover(
        long scan,
        Collection<PendingTransactionRecord> committing,
        Collection<PendingTransactionRecord> foreign) {
      return true;
    }
  }
}
