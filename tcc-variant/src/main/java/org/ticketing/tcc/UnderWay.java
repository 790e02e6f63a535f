package org.ticketing.tcc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The transactions that this process has begun and that are not over: those under way, and those
 * that it has left to Seata's server. The latter are kept in memory alone, and not all of them if
 * they are very many. They are known from the fences as well, as soon as their participants are
 * back.
 */
@Component
class UnderWay {

  private static final int MOST_LEFT = 10_000;

  /**
   * @param at when it began
   */
  record Begun(UUID payment, Instant at) {}

  private final Clock clock;
  private final Map<String, Begun> running = new ConcurrentHashMap<>();
  private final Cache<String, Begun> left = Caffeine.newBuilder().maximumSize(MOST_LEFT).build();

  UnderWay(Clock clock) {
    this.clock = clock;
  }

  void begun(String xid, UUID payment) {
    running.put(xid, new Begun(payment, clock.instant()));
  }

  /**
   * @param over whether Seata's server has nothing left to do
   */
  void ended(String xid, boolean over) {
    Begun transaction = running.remove(xid);
    if (!over && transaction != null) {
      left.put(xid, transaction);
    }
  }

  /** Whether this process goes on with it. */
  boolean isRunning(String xid) {
    return running.containsKey(xid);
  }

  /** One that was left is over. */
  void forget(String xid) {
    left.invalidate(xid);
  }

  Map<String, Begun> all() {
    Map<String, Begun> all = new HashMap<>(left.asMap());
    all.putAll(running);
    return all;
  }
}
