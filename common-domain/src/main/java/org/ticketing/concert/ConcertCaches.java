package org.ticketing.concert;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ConcertCaches {

  /** The most concerts or schedules that each of the caches holds. */
  private static final int MOST_CONCERTS = 10_000;

  /**
   * @param cacheFor how long an entry is kept, and a change made by another instance may go unseen
   */
  @Bean
  CacheManagerCustomizer<CaffeineCacheManager> cachesOfConcerts(
      @Value("${ticketing.concert.cache-for}") Duration cacheFor) {
    return caches -> {
      List.of(Catalogue.CONCERTS, Catalogue.SCHEDULES)
          .forEach(name -> caches.registerCustomCache(name, bounded(cacheFor, entry -> 1)));
      caches.registerCustomCache(
          Catalogue.PAGES, bounded(cacheFor, page -> 1 + ((Collection<?>) page).size()));
    };
  }

  private static Cache<Object, Object> bounded(Duration cacheFor, ToIntFunction<Object> concerts) {
    return Caffeine.newBuilder()
        .maximumWeight(MOST_CONCERTS)
        .weigher((key, entry) -> concerts.applyAsInt(entry))
        .expireAfterWrite(cacheFor)
        .build();
  }
}
