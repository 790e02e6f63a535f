package org.ticketing.payment;

import com.github.benmanes.caffeine.cache.Ticker;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.user.UserApi;

/** What is done before a payment and is no part of its transaction: what it needs is looked up. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LookUpProperties.class)
class BeforePayment {

  @Bean
  LookUps lookUps(UserApi users, ReservationApi reservations, LookUpProperties properties) {
    var remembered = new RememberedLookUps(properties.cacheFor(), Ticker.systemTicker());
    return new LookUps(users, reservations, properties.mode(), remembered);
  }
}
