package org.ticketing.queue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The last number given out and the last one admitted at each schedule. The row is locked before
 * either is changed.
 */
@Component
class ScheduleQueueRepository {

  private final JdbcClient jdbc;

  ScheduleQueueRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void open(UUID scheduleId) {
    jdbc.sql(
            """
            INSERT INTO queue (schedule_id, last_number, admitted_number) VALUES (:schedule, 0, 0)
            ON CONFLICT DO NOTHING""")
        .param("schedule", scheduleId)
        .update();
  }

  /**
   * @return the admitted number: no token up to it waits any more
   */
  Optional<Long> lock(UUID scheduleId) {
    return jdbc.sql("SELECT admitted_number FROM queue WHERE schedule_id = :schedule FOR UPDATE")
        .param("schedule", scheduleId)
        .query((queue, row) -> queue.getLong("admitted_number"))
        .optional();
  }

  List<UUID> withSomebodyWaiting() {
    return jdbc.sql("SELECT schedule_id FROM queue WHERE admitted_number < last_number")
        .query((queue, row) -> queue.getObject("schedule_id", UUID.class))
        .list();
  }

  /** Moves the admitted number on, also past customers who have left. */
  void advance(UUID scheduleId) {
    jdbc.sql(
            """
            UPDATE queue SET admitted_number = COALESCE(
                (SELECT min(number) - 1 FROM queue_token
                 WHERE schedule_id = :schedule AND status = 'WAITING'
                   AND number > admitted_number),
                last_number)
            WHERE schedule_id = :schedule""")
        .param("schedule", scheduleId)
        .update();
  }
}
