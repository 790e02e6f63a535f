package org.ticketing.reservation;

import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job that ends the reservations of a cancelled schedule. */
@Configuration(proxyBeanMethods = false)
class EndingJob {

  @Bean
  CustomTask<UUID> endReservations(EndingReservations ending) {
    return EndingReservations.JOB.runUntil(ending::end);
  }
}
