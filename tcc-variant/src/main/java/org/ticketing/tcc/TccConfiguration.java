package org.ticketing.tcc;

import javax.sql.DataSource;
import org.apache.seata.rm.fence.SpringFenceConfig;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.ImportHttpServices;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.ticketing.platform.ConditionalOnHosted;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TccProperties.class)
@EnableScheduling
class TccConfiguration implements WebMvcConfigurer {

  /** Actions need it from their registration on: a server that waits for them confirms at once. */
  static final String FENCE = "fence";

  private final XidPropagation xidPropagation = new XidPropagation();

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(xidPropagation).addPathPatterns("/protocol/tcc/**");
  }

  /** Seata starts the fence's clean-up only for actions annotated on an interface: started here. */
  @Bean(name = FENCE, initMethod = "init")
  SpringFenceConfig fence(
      DataSource dataSource, PlatformTransactionManager transactions, TccProperties properties) {
    var fence = new SpringFenceConfig(dataSource, transactions);
    fence.setCleanPeriod(properties.fenceRetention());
    return fence;
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnHosted("payment")
  @ImportHttpServices(group = "point", types = PointTrialApi.class)
  @ImportHttpServices(group = "reservation", types = ReservationTrialApi.class)
  static class Coordinator {

    @Bean
    RestClientHttpServiceGroupConfigurer xidOnTries() {
      var xidPropagation = new XidPropagation();
      return groups ->
          groups
              .filterByName("point", "reservation")
              .forEachClient((group, client) -> client.requestInterceptor(xidPropagation));
    }
  }
}
