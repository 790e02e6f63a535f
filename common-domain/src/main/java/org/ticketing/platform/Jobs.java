package org.ticketing.platform;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Runs the recurring jobs of the hosted services. They are stored in the process's database, so
 * that of several instances only one runs a job at a time.
 */
@Configuration(proxyBeanMethods = false)
class Jobs {

  private static final int THREADS = 2;
  private static final Duration POLLING_INTERVAL = Duration.ofSeconds(1);

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  SmartLifecycle jobRunner(DataSource dataSource, ObjectProvider<RecurringTask<?>> jobs) {
    return new Runner(dataSource, jobs.orderedStream().toList());
  }

  private static class Runner implements SmartLifecycle {

    private final DataSource dataSource;
    private final List<RecurringTask<?>> jobs;
    private Scheduler scheduler;

    Runner(DataSource dataSource, List<RecurringTask<?>> jobs) {
      this.dataSource = dataSource;
      this.jobs = jobs;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public void start() {
      if (!jobs.isEmpty()) {
        scheduler =
            Scheduler.create(dataSource)
                .startTasks((List) jobs)
                .threads(THREADS)
                .pollingInterval(POLLING_INTERVAL)
                .build();
        scheduler.start();
      }
    }

    @Override
    public void stop() {
      if (scheduler != null) {
        scheduler.stop();
        scheduler = null;
      }
    }

    @Override
    public boolean isRunning() {
      return scheduler != null;
    }
  }
}
