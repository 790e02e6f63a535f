package org.ticketing.choreography;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.service.registry.ImportHttpServices;
import org.ticketing.platform.Observations;
import org.ticketing.platform.Phases;
import org.ticketing.platform.tracking.TransactionLog;

/**
 * Every process as participant: it tells the others of events, and reacts to theirs. There is no
 * coordinator.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChoreographySettings.class)
@EnableScheduling
@ImportHttpServices(
    group = "payment",
    types = {EventsApi.class, StandingApi.class})
@ImportHttpServices(
    group = "point",
    types = {EventsApi.class, StandingApi.class})
@ImportHttpServices(
    group = "reservation",
    types = {EventsApi.class, StandingApi.class})
class ParticipantConfiguration {

  @Bean
  Phases phases(Observations observations, TransactionLog log) {
    return new Phases("choreography", observations, log);
  }
}
