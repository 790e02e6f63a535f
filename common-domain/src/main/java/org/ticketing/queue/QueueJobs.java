package org.ticketing.queue;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs that move the lines on. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QueueProperties.class)
class QueueJobs {

  @Bean
  RecurringTask<Void> admitFromQueue(Admissions admissions, QueueProperties properties) {
    return Tasks.recurring("admit-from-queue", FixedDelay.of(properties.interval()))
        .execute((instance, context) -> admissions.admit());
  }

  @Bean
  RecurringTask<Void> expireQueueTokens(QueueService queues, QueueProperties properties) {
    return Tasks.recurring("expire-queue-tokens", FixedDelay.of(properties.interval()))
        .execute((instance, context) -> queues.expireTokens());
  }
}
