package org.ticketing.seat;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SeatCaches {

  /** Schedules can have tens of thousands of seats each: caches are bounded by seats. */
  private static final int SEATS = 300_000;

  /**
   * @param occupancyFor how long it is remembered which seats are occupied
   * @param layoutFor how long a layout is kept, and seats added by another instance may go unseen
   */
  @Bean
  CacheManagerCustomizer<CaffeineCacheManager> cachesOfSeats(
      @Value("${ticketing.seat.occupancy-cache-for}") Duration occupancyFor,
      @Value("${ticketing.seat.layout-cache-for}") Duration layoutFor) {
    return caches -> {
      caches.registerCustomCache(Occupancy.CACHE, bySeats().expireAfterWrite(occupancyFor).build());
      caches.registerCustomCache(SeatLayouts.CACHE, bySeats().expireAfterWrite(layoutFor).build());
    };
  }

  private static Caffeine<Object, Object> bySeats() {
    return Caffeine.newBuilder()
        .maximumWeight(SEATS)
        .weigher((scheduleId, seats) -> 1 + ((Collection<?>) seats).size());
  }
}
