package org.ticketing.point;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.ticketing.point.PointApi.EntryView;
import org.ticketing.point.PointApi.Kind;

/** One change of a balance, never changed itself. A wallet's balance is the sum of its entries. */
@Entity
@Table(name = "point_entry")
class PointEntry {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  private UUID userId;

  @Enumerated(EnumType.STRING)
  private Kind kind;

  private long amount;
  private UUID paymentId;
  private String chargeKey;
  private Instant createdAt;

  protected PointEntry() {}

  private PointEntry(
      UUID userId, Kind kind, long amount, UUID paymentId, String chargeKey, Instant createdAt) {
    this.userId = userId;
    this.kind = kind;
    this.amount = amount;
    this.paymentId = paymentId;
    this.chargeKey = chargeKey;
    this.createdAt = createdAt;
  }

  static PointEntry charge(UUID userId, long amount, String key, Instant now) {
    return new PointEntry(userId, Kind.CHARGE, amount, null, key, now);
  }

  static PointEntry use(UUID userId, long amount, UUID paymentId, Instant now) {
    return new PointEntry(userId, Kind.USE, -amount, paymentId, null, now);
  }

  /** Of amount 0 when nothing was used: it then only forbids a use that arrives later. */
  static PointEntry refund(UUID userId, long amount, UUID paymentId, Instant now) {
    return new PointEntry(userId, Kind.REFUND, amount, paymentId, null, now);
  }

  Kind kind() {
    return kind;
  }

  long amount() {
    return amount;
  }

  EntryView view() {
    return new EntryView(kind, amount, paymentId, createdAt);
  }
}
