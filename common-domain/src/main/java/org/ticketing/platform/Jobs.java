package org.ticketing.platform;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * Runs the jobs of the hosted services: recurring ones, and those that a transaction has staged.
 * All are stored in the process's database, so that of several instances only one runs a job at a
 * time, and another takes over from one that died.
 */
@Configuration(proxyBeanMethods = false)
public class Jobs {

  /** How many jobs of a process run at the same time. */
  public static final int THREADS = 16;

  private static final Duration POLLING_INTERVAL = Duration.ofMillis(250);

  /**
   * Due jobs are fetched and locked in one statement, which skips rows that others have locked. The
   * limits are fractions of the number of threads: below the first, jobs up to the second are
   * fetched.
   */
  private static final double FETCH_WHEN_BELOW = 0.5;

  private static final double FETCH_UP_TO = 1.0;

  /**
   * How often an instance shows that it is alive. After four missed heartbeats its jobs are taken
   * over.
   */
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private static final int MISSED_HEARTBEATS = 4;

  /**
   * A job that takes longer to stop is interrupted, and not waited for once the time is over that
   * {@link Stopping} gives to all. It is run again by another instance, or after a restart.
   */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

  /**
   * The clock of all services. It is as precise as what databases store, so that a time is the same
   * when it is told at once and when it is read later.
   */
  @Bean
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
  }

  /** Stages jobs in the transaction of the thread: they are there if it commits, and only then. */
  @Bean
  SchedulerClient jobStaging(DataSource dataSource) {
    return SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource)).build();
  }

  @Bean
  SmartLifecycle jobRunner(DataSource dataSource, ObjectProvider<Task<?>> jobs) {
    return new Runner(dataSource, jobs.orderedStream().toList());
  }

  private static class Runner implements SmartLifecycle {

    private final DataSource dataSource;
    private final List<Task<?>> jobs;
    private Scheduler scheduler;

    Runner(DataSource dataSource, List<Task<?>> jobs) {
      this.dataSource = dataSource;
      this.jobs = jobs;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public void start() {
      if (!jobs.isEmpty()) {
        scheduler =
            Scheduler.create(
                    dataSource,
                    jobs.stream().filter(job -> !(job instanceof RecurringTask)).toList())
                .startTasks((List) jobs.stream().filter(RecurringTask.class::isInstance).toList())
                .threads(THREADS)
                .pollUsingLockAndFetch(FETCH_WHEN_BELOW, FETCH_UP_TO)
                .pollingInterval(POLLING_INTERVAL)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(LONGEST_STOP)
                .addExecutionInterceptor(
                    (job, context, chain) -> {
                      try (Caller.Scope service = Caller.beService()) {
                        return chain.proceed(job, context);
                      }
                    })
                .build();
        scheduler.start();
      }
    }

    @Override
    public void stop() {
      stop(() -> {});
    }

    /** In a thread of its own, so that requests are waited for meanwhile. */
    @Override
    public void stop(Runnable whenStopped) {
      if (scheduler == null) {
        whenStopped.run();
        return;
      }
      Scheduler stopping = scheduler;
      scheduler = null;
      new Thread(
              () -> {
                stopping.stop();
                whenStopped.run();
              },
              "jobs-stop")
          .start();
    }

    @Override
    public boolean isRunning() {
      return scheduler != null;
    }

    @Override
    public int getPhase() {
      return Stopping.PHASE;
    }
  }
}
