package org.ticketing.tcc;

import javax.sql.DataSource;
import org.apache.seata.rm.fence.SpringFenceConfig;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.ticketing.seata.ServerConnection;

/**
 * Every process that takes part, the payment process included: it answers tries, and confirms or
 * cancels them when Seata's server says so.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ParticipantSettings.class)
@EnableScheduling
@Import(ServerConnection.class)
class ParticipantConfiguration implements WebMvcConfigurer {

  /**
   * Name of the fence, which has to be there before an action registers: a server that waits for
   * the action asks it to confirm at once.
   */
  static final String FENCE = "fence";

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new XidPropagation()).addPathPatterns("/protocol/tcc/**");
  }

  /**
   * Calls {@code init} itself, which starts the clean-up: Seata does so only for actions that are
   * annotated on an interface.
   */
  @Bean(name = FENCE, initMethod = "init")
  SpringFenceConfig fence(
      DataSource dataSource,
      PlatformTransactionManager transactions,
      ParticipantSettings settings) {
    var fence = new SpringFenceConfig(dataSource, transactions);
    fence.setCleanPeriod(settings.fenceRetention());
    return fence;
  }
}
