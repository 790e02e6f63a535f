package org.ticketing.payment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * What earlier payments have looked up, so that later ones need not. Users are remembered while
 * they are active, and of reservations what does not change; refusals are not. Whoever decides
 * looks for themselves: a wallet and a customer that are closed, and a price that is another, are
 * refused by the participants.
 */
class RememberedLookUps {

  private static final int MOST = 10_000;

  private final Cache<UUID, UUID> activeUsers;
  private final Cache<UUID, Terms> terms;

  /**
   * @param time how long a look-up is remembered from its answer on; nothing is if it is 0
   */
  RememberedLookUps(Duration time, Ticker ticker) {
    activeUsers = cache(time, ticker);
    terms = cache(time, ticker);
  }

  private static <T> Cache<UUID, T> cache(Duration time, Ticker ticker) {
    return Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(time).ticker(ticker).build();
  }

  boolean isActive(UUID userId) {
    return activeUsers.getIfPresent(userId) != null;
  }

  void active(UUID userId) {
    activeUsers.put(userId, userId);
  }

  Optional<Terms> termsOf(UUID reservationId) {
    return Optional.ofNullable(terms.getIfPresent(reservationId));
  }

  void held(UUID reservationId, Terms seen) {
    terms.put(reservationId, seen);
  }

  /** The reservation is looked up anew the next time. */
  void forget(UUID reservationId) {
    terms.invalidate(reservationId);
  }
}
