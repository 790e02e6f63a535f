package org.ticketing.point;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.UUID;

/** Points that a payment has set aside and will use or give back. */
@Entity
@Table(name = "point_hold")
class PointHold {

  enum Status {
    HELD,
    CONFIRMED,
    /** Also without ever having been held; then it only forbids a hold that arrives later. */
    RELEASED
  }

  @Id private UUID paymentId;
  private UUID userId;
  private long amount;

  @Enumerated(EnumType.STRING)
  private Status status;

  @Version private Integer version;

  protected PointHold() {}

  PointHold(UUID paymentId, UUID userId, long amount, Status status) {
    this.paymentId = paymentId;
    this.userId = userId;
    this.amount = amount;
    this.status = status;
  }

  boolean is(Status status) {
    return this.status == status;
  }

  void become(Status status) {
    this.status = status;
  }

  long amount() {
    return amount;
  }
}
