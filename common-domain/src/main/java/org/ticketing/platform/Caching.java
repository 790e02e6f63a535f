package org.ticketing.platform;

import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Enables caching around transactions: an entry is evicted after the change has been committed.
 * Before that, a reader would put the old value back into the cache.
 */
@Configuration(proxyBeanMethods = false)
@EnableCaching(order = Ordered.HIGHEST_PRECEDENCE)
class Caching {}
