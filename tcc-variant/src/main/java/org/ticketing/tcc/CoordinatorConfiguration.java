package org.ticketing.tcc;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.ImportHttpServices;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Phases;

/** The payment process as the one that begins and decides transactions, and calls the tries. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnHosted("payment")
@EnableConfigurationProperties(CoordinatorSettings.class)
@ImportHttpServices(group = "point", types = PointTryApi.class)
@ImportHttpServices(group = "reservation", types = ReservationTryApi.class)
class CoordinatorConfiguration {

  @Bean
  GlobalTransactions globalTransactions(
      CoordinatorSettings settings, OpenBranches branches, Phases phases) {
    return new GlobalTransactions(settings.transactionTimeout(), branches, phases);
  }

  @Bean
  RestClientHttpServiceGroupConfigurer xidOnTries() {
    var xidPropagation = new XidPropagation();
    return groups ->
        groups
            .filterByName("point", "reservation")
            .forEachClient((group, client) -> client.requestInterceptor(xidPropagation));
  }
}
