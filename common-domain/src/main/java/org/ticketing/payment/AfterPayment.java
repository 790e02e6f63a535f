package org.ticketing.payment;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The job that does what follows a completed payment and is no part of its transaction: others are
 * told of it, and it is refunded where that was requested.
 *
 * <p>One job does it for all payments that have completed since it last ran, many with each call.
 * What follows payments then costs a fraction of the payments themselves, comes in small steps
 * instead of bursts, and never occupies more than one thread.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FollowUpProperties.class)
class AfterPayment {

  /** The job is found due at most 250 ms later, so followers are told within a second. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  @Bean
  RecurringTask<Void> afterPaymentJob(Followers followers, Refunding refunding) {
    return Tasks.recurring("after-payment", FixedDelay.of(PAUSE))
        .execute(
            (job, context) -> {
              followers.tellOfAll();
              refunding.refundSome();
            });
  }
}
