package org.ticketing.user;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataIntegrityViolationException;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UserProperties.class)
class UserConfiguration {

  /** The first operator, who cannot be made one by another. */
  @Bean
  ApplicationRunner configuredOperator(UserService users, UserProperties properties) {
    return arguments -> {
      if (!properties.operatorEmail().isEmpty()) {
        ensureOperator(users, properties);
      }
    };
  }

  private static void ensureOperator(UserService users, UserProperties properties) {
    try {
      users.ensureOperator(properties.operatorEmail(), properties.operatorPassword());
    } catch (DataIntegrityViolationException anotherInstanceWasFaster) {
      users.ensureOperator(properties.operatorEmail(), properties.operatorPassword());
    }
  }

  @Bean
  RecurringTask<Void> forgetLoginAttempts(LoginAttempts attempts, UserProperties properties) {
    return Tasks.recurring("forget-login-attempts", FixedDelay.of(properties.loginPause()))
        .execute((instance, context) -> attempts.forgetOutdated());
  }
}
