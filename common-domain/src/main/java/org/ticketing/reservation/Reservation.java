package org.ticketing.reservation;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.reservation.ReservationApi.Status;
import org.ticketing.seat.SeatApi.SeatPrice;

@Entity
@Table(name = "reservation")
class Reservation {

  @Id private UUID id;
  private UUID userId;
  private UUID scheduleId;
  private UUID seatId;
  private long price;

  @Enumerated(EnumType.STRING)
  private Status status;

  private Instant heldUntil;
  private UUID paymentId;
  private Instant createdAt;
  @Version private Integer version;

  protected Reservation() {}

  Reservation(UUID userId, SeatPrice seat, Instant createdAt, Instant heldUntil) {
    this.id = UUID.randomUUID();
    this.userId = userId;
    this.scheduleId = seat.scheduleId();
    this.seatId = seat.id();
    this.price = seat.price();
    this.status = Status.HELD;
    this.createdAt = createdAt;
    this.heldUntil = heldUntil;
  }

  /** HELD, and the hold has not run out. */
  boolean isPayableAt(Instant now) {
    return status == Status.HELD && now.isBefore(heldUntil);
  }

  boolean is(Status status) {
    return this.status == status;
  }

  boolean is(Status status, UUID paymentId) {
    return this.status == status && paymentId.equals(this.paymentId);
  }

  void claimFor(UUID paymentId) {
    this.status = Status.PAYING;
    this.paymentId = paymentId;
  }

  void confirmFor(UUID paymentId) {
    this.status = Status.CONFIRMED;
    this.paymentId = paymentId;
  }

  /** Held as before the payment; the time that ran out meanwhile stays run out. */
  void holdAgain() {
    this.status = Status.HELD;
    this.paymentId = null;
  }

  void cancel() {
    this.status = Status.CANCELLED;
  }

  ReservationView view() {
    return new ReservationView(id, userId, scheduleId, seatId, price, status, heldUntil, paymentId);
  }
}
