package org.ticketing.queue;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ScheduleQueueRepository extends Repository<ScheduleQueue, UUID> {

  @Modifying
  @NativeQuery(
      """
      INSERT INTO queue (schedule_id, last_number, admitted_number) VALUES (:scheduleId, 0, 0)
      ON CONFLICT DO NOTHING""")
  void open(UUID scheduleId);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select q from ScheduleQueue q where q.scheduleId = :scheduleId")
  Optional<ScheduleQueue> lock(UUID scheduleId);

  @Query("select q.scheduleId from ScheduleQueue q where q.admittedNumber < q.lastNumber")
  List<UUID> withSomebodyWaiting();

  /** Also past the numbers of those who left. */
  @Modifying
  @NativeQuery(
      """
      UPDATE queue SET admitted_number = COALESCE(
          (SELECT min(number) - 1 FROM queue_token
           WHERE schedule_id = :scheduleId AND status = 'WAITING'
             AND number > admitted_number),
          last_number)
      WHERE schedule_id = :scheduleId""")
  void advance(UUID scheduleId);
}
