package org.ticketing.tcc;

import javax.sql.DataSource;
import org.apache.seata.integration.tx.api.fence.DefaultCommonFenceHandler;
import org.apache.seata.rm.fence.SpringFenceConfig;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.ticketing.platform.Observations;
import org.ticketing.platform.Phases;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.seata.ServerConnection;

/** Every process as participant: it does tries, and confirms or cancels them for Seata's server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ParticipantSettings.class)
@EnableScheduling
@Import(ServerConnection.class)
class ParticipantConfiguration {

  /**
   * The name of the fence. Actions depend on it: as soon as one is registered, a server that has
   * waited for it may ask it to confirm.
   */
  static final String FENCE = "fence";

  @Bean
  Phases phases(Observations observations, TransactionLog log) {
    return new Phases("tcc", observations, log);
  }

  @Bean
  WebMvcConfigurer triesWithXid() {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors
            .addInterceptor(new XidPropagation())
            .addPathPatterns("/protocol/tcc/**")
            .excludePathPatterns(BranchApi.PATH + "/**");
      }
    };
  }

  /**
   * Makes confirm and cancel idempotent. {@code init} starts the clean-up; Seata itself calls it
   * only for actions that are annotated on an interface.
   */
  @Bean(name = FENCE, initMethod = "init")
  SpringFenceConfig fence(
      DataSource dataSource,
      PlatformTransactionManager transactions,
      ParticipantSettings settings,
      Phases phases,
      UnderWay underWay,
      TransactionLog transactionLog) {
    var fence = new SpringFenceConfig(dataSource, transactions);
    fence.setCleanPeriod(settings.fenceRetention());
    DefaultCommonFenceHandler.get().setFenceHandler(new Fence(phases, underWay, transactionLog));
    TracedBranches.use();
    return fence;
  }
}
