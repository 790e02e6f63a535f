package org.ticketing.user;

import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.util.UUID;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.ticketing.platform.NormalText;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UserProperties.class)
class UserConfiguration {

  /** Registers the first operator, whom no other operator could register. */
  @Bean
  ApplicationRunner configuredOperator(UserService users, UserProperties properties) {
    return arguments -> {
      if (!properties.operatorEmail().isEmpty()) {
        if (properties.operatorPassword().length() < UserApi.SHORTEST_PASSWORD) {
          throw new IllegalStateException(
              "ticketing.user.operator-password must have at least %d characters"
                  .formatted(UserApi.SHORTEST_PASSWORD));
        }
        users.ensureOperator(
            NormalText.of(properties.operatorEmail()),
            NormalText.of(properties.operatorPassword()));
      }
    };
  }

  @Bean
  RecurringTask<Void> forgetLoginAttempts(LoginAttempts attempts, UserProperties properties) {
    return Tasks.recurring("forget-login-attempts", FixedDelay.of(properties.loginPause()))
        .execute((instance, context) -> attempts.forgetOutdated());
  }

  @Bean
  CustomTask<UUID> finishWithdrawal(Withdrawing withdrawing) {
    return Withdrawals.JOB.run(withdrawing::finish);
  }
}
