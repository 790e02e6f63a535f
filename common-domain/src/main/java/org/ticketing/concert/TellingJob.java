package org.ticketing.concert;

import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job that tells of a changed schedule. */
@Configuration(proxyBeanMethods = false)
class TellingJob {

  @Bean
  CustomTask<UUID> tellOfSchedule(TellingOfSchedules telling) {
    return TellingOfSchedules.JOB.runUntil(telling::tell);
  }
}
