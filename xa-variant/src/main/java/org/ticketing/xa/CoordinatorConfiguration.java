package org.ticketing.xa;

import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;
import org.springframework.web.service.registry.ImportHttpServices;
import org.ticketing.platform.ConditionalOnHosted;

/** The payment process as coordinator of the payments. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnHosted("payment")
@EnableConfigurationProperties(CoordinatorSettings.class)
@ImportHttpServices(group = CoordinatorConfiguration.POINT, types = BranchApi.class)
@ImportHttpServices(group = CoordinatorConfiguration.RESERVATION, types = BranchApi.class)
class CoordinatorConfiguration {

  static final String PAYMENT = "payment";
  static final String POINT = "point";
  static final String RESERVATION = "reservation";

  /** The payment process is a participant too; its coordinator reaches it without HTTP. */
  @Bean
  Participants participants(Branches payment, HttpServiceProxyRegistry clients) {
    return new Participants(
        Map.of(
            PAYMENT, payment,
            POINT, clients.getClient(POINT, BranchApi.class),
            RESERVATION, clients.getClient(RESERVATION, BranchApi.class)));
  }

  @Bean(initMethod = "start", destroyMethod = "stop")
  Coordinator coordinator(CoordinatorSettings settings, Participants participants) {
    return new Coordinator(settings, participants);
  }

  /** The payment's own database is enlisted when work opens a connection to it. */
  @Bean
  GlobalTransactions globalTransactions(
      Coordinator coordinator, Participants participants, Branches payment) {
    return new GlobalTransactions(
        coordinator.transactionManager(),
        participants,
        transaction -> payment.of(transaction.enlist(PAYMENT)));
  }

  /** The other participants are enlisted when work calls them. */
  @Bean
  RestClientHttpServiceGroupConfigurer enlistingCalls() {
    return groups ->
        groups
            .filterByName(POINT, RESERVATION)
            .forEachClient(
                (group, client) ->
                    client.requestInterceptor(new EnlistingInterceptor(group.name())));
  }
}
