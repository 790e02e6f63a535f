package org.ticketing.xa;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.ticketing.platform.Paths;

/** Every process as participant: its database can take part in global transactions. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(ParticipantSettings.class)
class ParticipantConfiguration {

  /** Between two looks at the database for branches in doubt, while there are some. */
  private static final Duration LOOKS = Duration.ofSeconds(2);

  @Bean
  static BeanPostProcessor branchConnections() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof HikariDataSource pool ? new BranchDataSource(pool) : bean;
      }
    };
  }

  @Bean
  XaDatabase xaDatabase(DataSource dataSource) throws SQLException {
    return new XaDatabase(dataSource.unwrap(HikariDataSource.class));
  }

  @Bean
  WebMvcConfigurer workInBranches(Branches branches, ParticipantSettings settings) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors
            .addInterceptor(new BranchInterceptor(branches, settings))
            .addPathPatterns(Paths.PROTOCOL + "**")
            .excludePathPatterns(BranchApi.PATH + "/**");
      }
    };
  }

  @Bean
  SchedulingConfigurer sweeping(Branches branches, ParticipantSettings settings) {
    return tasks -> {
      tasks.addFixedDelayTask(branches::sweep, settings.sweepDelay());
      tasks.addFixedDelayTask(branches::look, LOOKS);
    };
  }
}
