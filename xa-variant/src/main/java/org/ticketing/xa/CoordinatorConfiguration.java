package org.ticketing.xa;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;
import org.springframework.web.service.registry.ImportHttpServices;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Observations;
import org.ticketing.platform.Phases;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.xa.CoordinatorSettings.Log;

/** The payment process as coordinator of the payments. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnHosted("payment")
@EnableConfigurationProperties({CoordinatorSettings.class, TakeOverSettings.class})
@ImportHttpServices(group = CoordinatorConfiguration.POINT, types = BranchApi.class)
@ImportHttpServices(group = CoordinatorConfiguration.RESERVATION, types = BranchApi.class)
class CoordinatorConfiguration {

  private static final Logger log = LoggerFactory.getLogger(CoordinatorConfiguration.class);

  private static final Duration RENEWAL = Duration.ofSeconds(1);

  static final String PAYMENT = "payment";
  static final String POINT = "point";
  static final String RESERVATION = "reservation";

  @Bean
  @DependsOnDatabaseInitialization
  Claims claims(XaDatabase database) {
    return new Claims(database);
  }

  /** Recovery, which starts with the coordinator, may only act for its own coordinator. */
  @Bean
  Claim claim(Claims claims, CoordinatorSettings settings) throws SQLException {
    return claims.take(settings);
  }

  @Bean
  SchedulingConfigurer renewal(Claim claim) {
    return tasks -> tasks.addFixedDelayTask(() -> renewOrEnd(claim), RENEWAL);
  }

  /** What a process decides or recovers after it has lost its claim would be another's. */
  private static void renewOrEnd(Claim claim) {
    if (!claim.renew()) {
      log.error("Another process has become coordinator {}, and this one ends.", claim.id());
      Runtime.getRuntime().halt(1);
    }
  }

  @Bean
  Phases phases(Observations observations, TransactionLog log) {
    return new Phases("xa", observations, log);
  }

  @Bean
  DecisionTable decisionTable(XaDatabase database, Claim claim, CoordinatorSettings settings) {
    return new DecisionTable(database, claim, settings.transactionTimeout());
  }

  @Bean
  RecurringTask<Void> forgetRolledBackPayments(JdbcClient jdbc) {
    return Tasks.recurring("forget-rolled-back-payments", FixedDelay.ofHours(1))
        .execute((instance, context) -> DecisionTable.removeRolledBack(jdbc));
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

  @Bean
  Suspensions suspensions(XaDatabase database) {
    return new Suspensions(database);
  }

  /**
   * Of the payment's database too, which prepares nothing for this coordinator if it is its last
   * resource, but may have done so for one with the log of Atomikos.
   */
  @Bean
  LeftBranches leftBranches(
      XaDatabase database,
      Participants participants,
      Branches ofThisDatabase,
      Suspensions suspensions,
      TransactionLog transactions) {
    return new LeftBranches(
        database, participants.with(PAYMENT, ofThisDatabase), suspensions, transactions);
  }

  @Bean
  TakeOver takeOver(Claim claim, Claims claims, LeftBranches branches, TakeOverSettings settings) {
    return new TakeOver(claim, claims, branches, settings.absence());
  }

  /** A coordinator whose decisions are elsewhere leaves this to others, too. */
  @Bean
  SchedulingConfigurer takingOver(
      TakeOver takeOver, CoordinatorSettings settings, TakeOverSettings when) {
    return tasks -> {
      if (settings.log() == Log.OWN && !when.interval().isZero()) {
        tasks.addFixedDelayTask(
            new FixedDelayTask(takeOver::look, when.interval(), when.interval()));
      }
    };
  }

  @Bean
  UnderWay underWay() {
    return new UnderWay();
  }

  @Bean
  Recovery recovery(
      Claim claim,
      Participants participants,
      UnderWay underWay,
      Suspensions suspensions,
      TransactionLog transactions) {
    return new Recovery(claim.id(), participants, underWay, suspensions, transactions);
  }

  @Bean(initMethod = "start", destroyMethod = "stop")
  Coordinator coordinator(
      Claim claim,
      CoordinatorSettings settings,
      Recovery recovery,
      LastResources lastResources,
      DecisionTable decisions,
      LeftBranches branches,
      Phases phases) {
    return settings.log() == Log.OWN
        ? new Coordinator(
            settings,
            recovery,
            new DecisionLog(lastResources, decisions, phases, recovery::committed),
            new Departure(claim, lastResources, decisions, branches)::depart)
        : new Coordinator(settings, recovery, null, underWay -> {});
  }

  @Bean
  CoordinatorStop coordinatorStop(Coordinator coordinator) {
    return new CoordinatorStop(coordinator);
  }

  /** The payment's own database is enlisted when work opens a connection to it. */
  @Bean
  GlobalTransactions globalTransactions(
      CoordinatorSettings settings,
      Coordinator coordinator,
      Participants participants,
      LastResources lastResources,
      Branches branches,
      Phases phases,
      TransactionLog log) {
    return new GlobalTransactions(
        coordinator, participants, own(settings, lastResources, branches), phases, log);
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
