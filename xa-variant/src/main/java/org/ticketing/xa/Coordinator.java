package org.ticketing.xa;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.atomikos.icatch.config.Configuration;
import com.atomikos.icatch.config.UserTransactionServiceImp;
import com.atomikos.icatch.jta.UserTransactionManager;
import com.atomikos.recovery.OltpLog;
import jakarta.transaction.TransactionManager;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ReflectionUtils;
import org.ticketing.xa.CoordinatorSettings.Phases;

/** The coordinator of the payments: Atomikos. There is one in a process. */
class Coordinator {

  private static final Logger logger = LoggerFactory.getLogger(Coordinator.class);

  private static final Duration NEVER = Duration.ofDays(36_500);

  /** Requests have been waited for before, and whoever stops a process kills it in the end. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  /** The wait for transactions, the departure, and the wait for recovery. */
  static final Duration LONGEST_STOP = LONGEST_WAIT.multipliedBy(2).plus(Departure.LONGEST);

  private final CoordinatorSettings settings;
  private final OltpLog log;
  private final Consumer<UnderWay> departure;
  private final Recovery recovery;
  private final UserTransactionServiceImp atomikos;
  private final AtomicBoolean stopped = new AtomicBoolean();

  /**
   * @param recovery of the branches that it has left before
   * @param log of its decisions; null for the log of Atomikos
   * @param departure what is to be done when it stops, about what is still under way, and when
   *     recovery sends no more messages
   */
  Coordinator(
      CoordinatorSettings settings, Recovery recovery, OltpLog log, Consumer<UnderWay> departure) {
    this.settings = settings;
    this.recovery = recovery;
    this.log = log;
    this.departure = departure;
    atomikos = new UserTransactionServiceImp(properties(recovery.id(), settings));
    atomikos.setInitialRecoverableResources(recovery.resources());
  }

  private static Properties properties(CoordinatorId id, CoordinatorSettings settings) {
    var properties = new Properties();
    set(properties, "tm_unique_name", id.prefix());
    set(properties, "log_base_dir", settings.logDirectory().toAbsolutePath());
    set(properties, "log_base_name", "decisions");
    set(properties, "default_jta_timeout", settings.transactionTimeout().toSeconds() * 1000);
    set(properties, "max_timeout", settings.transactionTimeout().toSeconds() * 1000);
    set(properties, "max_actives", -1);
    set(properties, "recovery_delay", settings.recoveryDelay().toMillis());
    set(properties, "oltp_max_retries", settings.retries());
    set(properties, "oltp_retry_interval", settings.retryDelay().toMillis());
    set(properties, "throw_on_heuristic", true);
    set(properties, "allow_subtransactions", false);
    // A decision is kept until every participant has heard of it, however long that takes.
    set(properties, "forget_orphaned_log_entries_delay", NEVER.toMillis());
    return properties;
  }

  private static void set(Properties properties, String name, Object value) {
    properties.setProperty("com.atomikos.icatch." + name, value.toString());
  }

  /** Also starts recovery, which goes on until {@link #stop()}. */
  void start() {
    DecisionLogFactory.use(log);
    atomikos.init();
    if (settings.phases() == Phases.PARALLEL) {
      reachParticipantsInParallel();
    }
  }

  /**
   * Atomikos 6 can send the messages of a phase in parallel, but its assembler turns that off in
   * code. Earlier versions read the property {@code threaded_2pc} there.
   */
  private static void reachParticipantsInParallel() {
    Object service = Configuration.getTransactionService();
    Field oneAfterTheOther =
        ReflectionUtils.findField(service.getClass(), "single_threaded_2pc_", boolean.class);
    ReflectionUtils.makeAccessible(oneAfterTheOther);
    ReflectionUtils.setField(oneAfterTheOther, service, false);
  }

  TransactionManager transactionManager() {
    var transactionManager = new UserTransactionManager();
    transactionManager.setStartupTransactionService(false);
    return transactionManager;
  }

  /** The transactions of {@link #transactionManager()}, which have to be told to it. */
  UnderWay underWay() {
    return recovery.underWay();
  }

  /**
   * Waits for a moment for the transactions that are under way, has what is left ended, and waits
   * for another moment for the message of recovery that is under way. What cannot be ended now is
   * left to the recovery after a restart, as after a crash.
   *
   * <p>Atomikos is shut down when nothing is under way any more, and not before: it keeps locks
   * meanwhile that a transaction needs to end, and waits for it ({@code
   * TransactionServiceImp.shutdown}).
   *
   * <p>Idempotent.
   */
  void stop() {
    if (stopped.getAndSet(true)) {
      return;
    }
    try {
      boolean allHaveEnded = underWay().awaitNone(LONGEST_WAIT);
      recovery.stop();
      departure.accept(underWay());
      if (allHaveEnded) {
        CompletableFuture.runAsync(atomikos::shutdownForce)
            .get(LONGEST_WAIT.toMillis(), MILLISECONDS);
      } else {
        logger.warn("The process ends while transactions are under way");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException failure) {
      logger.warn("Atomikos has not stopped; the process ends without it", failure);
    }
  }
}
