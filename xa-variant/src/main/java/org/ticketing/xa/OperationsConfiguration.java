package org.ticketing.xa;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.tracking.TransactionLog;

/** What the payment process tells operators of transactions, and does for them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnHosted("payment")
class OperationsConfiguration {

  @Bean
  Surveys surveys(
      XaDatabase database,
      Claims claims,
      LeftBranches branches,
      Suspensions suspensions,
      Recovery recovery) {
    return new Surveys(database, claims, branches, suspensions, recovery);
  }

  @Bean
  XaSteering xaSteering(
      Decider decider,
      LeftBranches branches,
      Suspensions suspensions,
      TransactionLog transactions) {
    return new XaSteering(decider, branches, suspensions, transactions);
  }

  @Bean
  Decider decider(
      XaDatabase database,
      Claims claims,
      DecisionTable decisions,
      UnderWay underWay,
      CoordinatorSettings settings) {
    return new Decider(database, claims, decisions, underWay, settings);
  }

  @Bean
  XaEngine xaEngine(
      CoordinatorSettings settings,
      Surveys surveys,
      Recovery recovery,
      TakeOver takeOver,
      XaSteering steering) {
    return new XaEngine(settings, surveys, recovery, new Forecast(settings, takeOver), steering);
  }
}
