package org.ticketing.queue;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.ticketing.concert.ConcertApi;
import org.ticketing.platform.Bulkhead;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.Timeouts;
import org.ticketing.queue.QueueApi.TokenView;

/** Gives customers their tokens while the schedule is on sale. */
@Component
class JoiningQueue {

  /**
   * Requests for tokens of the same schedule wait for each other in the database. They wait here
   * instead, where they keep no connection from other requests.
   */
  private static final int AT_ONCE = 8;

  /** Fewer than users have threads, so that a rush leaves some to those who pay. */
  private static final int WAITING = 56;

  private final Bulkhead bulkhead;
  private final QueueService queues;
  private final ConcertApi concerts;

  JoiningQueue(QueueService queues, ConcertApi concerts, Timeouts timeouts) {
    this.bulkhead = new Bulkhead(AT_ONCE, WAITING, timeouts.turn());
    this.queues = queues;
    this.concerts = concerts;
  }

  TokenView take(UUID userId, UUID scheduleId) {
    if (!concerts.findSchedule(scheduleId).onSale()) {
      throw new Refusal(Reason.NOT_ON_SALE, "Seats of this schedule are not on sale.");
    }
    return bulkhead.call(() -> queues.take(userId, scheduleId));
  }
}
