package org.ticketing.queue;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** The numbers given and served at one schedule. Its row is locked to give or serve some. */
@Entity
@Table(name = "queue")
class ScheduleQueue {

  @Id private UUID scheduleId;
  private long lastNumber;
  private long admittedNumber;

  protected ScheduleQueue() {}

  UUID scheduleId() {
    return scheduleId;
  }

  long nextNumber() {
    return ++lastNumber;
  }

  /** Nobody up to this number waits any more. */
  long admittedNumber() {
    return admittedNumber;
  }

  /** How many wait up to and with the number, at the most: some of them may have left. */
  long rankOf(long number) {
    return number - admittedNumber;
  }
}
