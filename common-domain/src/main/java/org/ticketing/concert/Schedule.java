package org.ticketing.concert;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.ticketing.concert.ConcertApi.ScheduleDetails;

@Entity
@Table(name = "schedule")
class Schedule {

  @Id private UUID id;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  private Concert concert;

  private String venue;
  private Instant startsAt;
  private boolean cancelled;
  @Version private Integer version;

  protected Schedule() {}

  Schedule(Concert concert, ScheduleDetails details) {
    this.id = UUID.randomUUID();
    this.concert = concert;
    change(details);
  }

  void change(ScheduleDetails details) {
    venue = details.venue().strip();
    startsAt = details.startsAt();
  }

  void cancel() {
    cancelled = true;
  }

  ScheduledConcert snapshot() {
    return new ScheduledConcert(
        id, concert.id(), venue, startsAt, cancelled || concert.isCancelled());
  }
}
