package org.ticketing.queue;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Admits the next customers at all schedules, each schedule in a transaction of its own. */
@Component
class Admissions {

  private static final Logger log = LoggerFactory.getLogger(Admissions.class);

  private final QueueService queues;

  Admissions(QueueService queues) {
    this.queues = queues;
  }

  /** A schedule for which this fails is tried again in the next interval. */
  void admit() {
    for (UUID scheduleId : queues.schedulesWithSomebodyWaiting()) {
      try {
        queues.admitNext(scheduleId);
      } catch (RuntimeException failure) {
        log.warn("Nobody was admitted to schedule {}", scheduleId, failure);
      }
    }
  }
}
