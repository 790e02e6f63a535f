package org.ticketing.queue;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.ticketing.queue.QueueApi.Status;
import org.ticketing.queue.QueueApi.TokenView;

@Entity
@Table(name = "queue_token")
class QueueToken {

  @Id private UUID id;

  @ManyToOne(optional = false)
  @JoinColumn(name = "schedule_id")
  private ScheduleQueue queue;

  private UUID userId;
  private long number;

  @Enumerated(EnumType.STRING)
  private Status status;

  private Instant issuedAt;
  private Instant activeUntil;
  @Version private Integer version;

  protected QueueToken() {}

  QueueToken(ScheduleQueue queue, UUID userId, Instant issuedAt) {
    this.id = UUID.randomUUID();
    this.queue = queue;
    this.userId = userId;
    this.number = queue.nextNumber();
    this.status = Status.WAITING;
    this.issuedAt = issuedAt;
  }

  TokenView view(QueueProperties properties, Instant now) {
    long rank = status == Status.WAITING ? queue.rankOf(number) : 0;
    Duration estimatedWait = properties.timeToAdmit(rank);
    return new TokenView(
        id, userId, queue.scheduleId(), statusAt(now), rank, estimatedWait, activeUntil);
  }

  /** Does not wait for the sweep to tell that the time has run out. */
  private Status statusAt(Instant now) {
    return status == Status.ACTIVE && !now.isBefore(activeUntil) ? Status.EXPIRED : status;
  }
}
