package org.ticketing.concert;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ConcertCaches {

  private static final int ENTRIES = 10_000;

  /**
   * @param cacheFor how old an entry may become: the staleness of what another instance has changed
   */
  @Bean
  CacheManagerCustomizer<CaffeineCacheManager> cachesOfConcerts(
      @Value("${ticketing.concert.cache-for}") Duration cacheFor) {
    return caches ->
        List.of(Catalogue.PAGES, Catalogue.CONCERTS, Catalogue.SCHEDULES)
            .forEach(
                name ->
                    caches.registerCustomCache(
                        name,
                        Caffeine.newBuilder()
                            .maximumSize(ENTRIES)
                            .expireAfterWrite(cacheFor)
                            .build()));
  }
}
