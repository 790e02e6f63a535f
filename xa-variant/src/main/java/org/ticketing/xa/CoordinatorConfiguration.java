package org.ticketing.xa;

import com.atomikos.recovery.OltpLog;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;
import org.springframework.web.service.registry.ImportHttpServices;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.xa.CoordinatorSettings.Log;

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

  /** Recovery, which starts with the coordinator, reads the table at once. */
  @Bean
  @DependsOnDatabaseInitialization
  DecisionTable decisionTable(XaDatabase database, CoordinatorSettings settings) {
    return new DecisionTable(database, settings.prefix(), settings.transactionTimeout());
  }

  @Bean
  LastResources lastResources(XaDatabase database, DecisionTable decisions) {
    return new LastResources(database, decisions);
  }

  /** As shipped, the payment's database is prepared like all others. */
  private static OwnDatabase own(
      CoordinatorSettings settings, LastResources lastResources, Branches branches) {
    return settings.log() == Log.OWN ? lastResources : branches;
  }

  @Bean
  Participants participants(
      CoordinatorSettings settings,
      LastResources lastResources,
      Branches branches,
      HttpServiceProxyRegistry clients) {
    return new Participants(
        Map.of(
            PAYMENT, own(settings, lastResources, branches),
            POINT, clients.getClient(POINT, BranchApi.class),
            RESERVATION, clients.getClient(RESERVATION, BranchApi.class)));
  }

  @Bean(initMethod = "start", destroyMethod = "stop")
  Coordinator coordinator(
      CoordinatorSettings settings,
      Participants participants,
      LastResources lastResources,
      DecisionTable decisions) {
    OltpLog log = settings.log() == Log.OWN ? new DecisionLog(lastResources, decisions) : null;
    return new Coordinator(settings, participants, log);
  }

  /** The payment's own database is enlisted when work opens a connection to it. */
  @Bean
  GlobalTransactions globalTransactions(
      CoordinatorSettings settings,
      Coordinator coordinator,
      Participants participants,
      LastResources lastResources,
      Branches branches) {
    return new GlobalTransactions(
        coordinator, participants, own(settings, lastResources, branches));
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
