package org.ticketing.tcc;

import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;
import org.springframework.web.service.registry.ImportHttpServices;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Phases;
import org.ticketing.platform.tracking.TransactionLog;

/** The payment process as the one that begins and decides transactions, and calls the tries. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnHosted("payment")
@EnableConfigurationProperties(CoordinatorSettings.class)
@ImportHttpServices(
    group = Participants.POINT,
    types = {PointTryApi.class, BranchApi.class})
@ImportHttpServices(
    group = Participants.RESERVATION,
    types = {ReservationTryApi.class, BranchApi.class})
class CoordinatorConfiguration {

  @Bean
  GlobalTransactions globalTransactions(
      CoordinatorSettings settings,
      OpenBranches branches,
      Phases phases,
      UnderWay underWay,
      PaymentParticipant payments,
      TransactionLog transactionLog) {
    return new GlobalTransactions(
        settings.transactionTimeout(), branches, phases, underWay, payments, transactionLog);
  }

  @Bean
  Participants participants(BranchController own, HttpServiceProxyRegistry clients) {
    return new Participants(
        Map.of(
            Participants.PAYMENT,
            own,
            Participants.POINT,
            clients.getClient(Participants.POINT, BranchApi.class),
            Participants.RESERVATION,
            clients.getClient(Participants.RESERVATION, BranchApi.class)));
  }

  @Bean
  RestClientHttpServiceGroupConfigurer xidOnTries() {
    var xidPropagation = new XidPropagation();
    return groups ->
        groups
            .filterByName(Participants.POINT, Participants.RESERVATION)
            .forEachClient((group, client) -> client.requestInterceptor(xidPropagation));
  }
}
