package org.ticketing.payment;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job that clears the queue of accepted payments of those that have ended long ago. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Asynchrony.class)
class AcceptedPaymentsJob {

  private static final Duration PAUSE = Duration.ofMinutes(1);

  @Bean
  RecurringTask<Void> removeEndedPayments(AcceptedPayments accepted, Asynchrony settings) {
    return Tasks.recurring("remove-ended-payments", FixedDelay.of(PAUSE))
        .execute(
            (job, context) -> {
              while (accepted.removeEnded(settings.retention()) > 0) {}
            });
  }
}
