package org.ticketing.reservation;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job that expires holds that have run out, which frees their seats. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReservationProperties.class)
class HoldExpiry {

  @Bean
  RecurringTask<Void> expireHolds(
      ReservationService reservations, ReservationProperties properties) {
    return Tasks.recurring("expire-holds", FixedDelay.of(properties.sweepInterval()))
        .execute((instance, context) -> reservations.expireHolds());
  }
}
