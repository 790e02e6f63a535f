package org.ticketing.queue;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.queue.AdmissionApi.Ending;
import org.ticketing.queue.QueueApi.TokenView;

/**
 * The lines of all schedules. Numbers are given out and admitted under the lock of the schedule's
 * row, so that an admission misses no number that was given out before.
 */
@Service
class QueueService {

  private final ScheduleQueueRepository queues;
  private final QueueTokenRepository tokens;
  private final QueueProperties properties;
  private final Clock clock;

  QueueService(
      ScheduleQueueRepository queues,
      QueueTokenRepository tokens,
      QueueProperties properties,
      Clock clock) {
    this.queues = queues;
    this.tokens = tokens;
    this.properties = properties;
    this.clock = clock;
  }

  /** A customer who has a live token gets it again without taking the lock. */
  @Transactional
  TokenView take(UUID userId, UUID scheduleId) {
    return view(
        tokens
            .findLive(userId, scheduleId, clock.instant())
            .orElseGet(() -> takeUnderLock(userId, scheduleId)));
  }

  private QueueToken takeUnderLock(UUID userId, UUID scheduleId) {
    lock(scheduleId);
    Instant now = clock.instant();
    tokens.expireOf(userId, scheduleId, now);
    return tokens
        .findLive(userId, scheduleId, now)
        .orElseGet(() -> tokens.add(userId, scheduleId, now));
  }

  private void lock(UUID scheduleId) {
    if (queues.lock(scheduleId).isEmpty()) {
      queues.open(scheduleId);
      queues.lock(scheduleId).orElseThrow();
    }
  }

  TokenView find(UUID tokenId) {
    return view(
        tokens
            .find(tokenId)
            .orElseThrow(
                () ->
                    new Refusal(
                        Reason.UNKNOWN_QUEUE_TOKEN, "There is no queue token " + tokenId + ".")));
  }

  void leave(UUID tokenId) {
    tokens.leave(tokenId);
  }

  boolean isAdmitted(UUID userId, UUID scheduleId) {
    return tokens.isAdmitted(userId, scheduleId, clock.instant());
  }

  /** A token that was issued after the payment is for another one, and stays. */
  void end(List<Ending> endings) {
    tokens.end(endings);
  }

  List<UUID> schedulesWithSomebodyWaiting() {
    return queues.withSomebodyWaiting();
  }

  /** Admits the next customers of a schedule, as many as one interval and the free places allow. */
  @Transactional
  void admitNext(UUID scheduleId) {
    long admittedNumber = queues.lock(scheduleId).orElseThrow();
    Instant now = clock.instant();
    int free = properties.ceiling() - tokens.countActive(scheduleId, now, properties.ceiling());
    int places = Math.min(free, properties.admissions());
    tokens.admitNext(scheduleId, admittedNumber, places, now.plus(properties.activeFor()));
    queues.advance(scheduleId);
  }

  /** Sweeps the active tokens whose time has run out. */
  void expireTokens() {
    tokens.expireAll(clock.instant());
  }

  private TokenView view(QueueToken token) {
    return token.view(properties, clock.instant());
  }
}
