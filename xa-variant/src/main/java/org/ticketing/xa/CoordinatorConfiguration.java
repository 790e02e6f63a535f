package org.ticketing.xa;

import com.atomikos.icatch.config.Configuration;
import com.atomikos.icatch.config.UserTransactionServiceImp;
import com.atomikos.icatch.jta.UserTransactionManager;
import java.lang.reflect.Field;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;
import org.springframework.web.service.registry.ImportHttpServices;
import org.ticketing.platform.ConditionalOnHosted;

/** The coordinator of the payments: Atomikos, in the payment process. */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@ConditionalOnHosted("payment")
@EnableConfigurationProperties(CoordinatorSettings.class)
@ImportHttpServices(group = CoordinatorConfiguration.POINT, types = BranchApi.class)
@ImportHttpServices(group = CoordinatorConfiguration.RESERVATION, types = BranchApi.class)
class CoordinatorConfiguration {

  static final String PAYMENT = "payment";
  static final String POINT = "point";
  static final String RESERVATION = "reservation";

  /** The payment's own database takes part without HTTP. */
  @Bean
  Participants participants(Branches payment, HttpServiceProxyRegistry clients) {
    return new Participants(
        Map.of(
            PAYMENT, payment,
            POINT, clients.getClient(POINT, BranchApi.class),
            RESERVATION, clients.getClient(RESERVATION, BranchApi.class)));
  }

  @Bean(initMethod = "init", destroyMethod = "shutdownWait")
  UserTransactionServiceImp transactionService(
      CoordinatorSettings settings, Participants participants) {
    var service = new UserTransactionServiceImp(settings.forAtomikos());
    service.setInitialRecoverableResources(participants.recoverable());
    return service;
  }

  @Bean
  @DependsOn("transactionService")
  GlobalTransactions globalTransactions(Participants participants) {
    reachParticipantsInParallel();
    var transactionManager = new UserTransactionManager();
    transactionManager.setStartupTransactionService(false);
    return new GlobalTransactions(transactionManager, participants);
  }

  /**
   * Atomikos 6 can send the messages of a phase in parallel, but its assembler says otherwise in
   * code, where versions before it read {@code threaded_2pc}.
   */
  private static void reachParticipantsInParallel() {
    Object service = Configuration.getTransactionService();
    Field oneAfterTheOther =
        ReflectionUtils.findField(service.getClass(), "single_threaded_2pc_", boolean.class);
    ReflectionUtils.makeAccessible(oneAfterTheOther);
    ReflectionUtils.setField(oneAfterTheOther, service, false);
  }

  /** Work asked of a participant inside a global transaction takes its branch along. */
  @Bean
  RestClientHttpServiceGroupConfigurer branchesOfWorkCalls() {
    return groups ->
        groups
            .filterByName(POINT, RESERVATION)
            .forEachClient(
                (group, client) ->
                    client.requestInterceptor(
                        (request, body, call) -> {
                          GlobalTransaction.current()
                              .map(transaction -> transaction.enlist(group.name()))
                              .ifPresent(
                                  work ->
                                      request
                                          .getHeaders()
                                          .set(work.header(), work.branch().toString()));
                          return call.execute(request, body);
                        }));
  }
}
