package org.ticketing.payment;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.HttpStatusCode;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.Refusal;

@Entity
@Table(name = "payment")
class Payment {

  @Id private UUID id;
  private String idempotencyKey;
  private UUID userId;
  private UUID reservationId;
  private Long amount;

  @Enumerated(EnumType.STRING)
  private Status status;

  private String failureReason;
  private Integer failureStatus;
  private String failureDetail;
  private Instant requestedAt;
  private Instant finishedAt;
  @Version private Integer version;

  protected Payment() {}

  Payment(
      UUID id,
      String idempotencyKey,
      UUID userId,
      UUID reservationId,
      Long amount,
      Instant requestedAt) {
    this.id = id;
    this.idempotencyKey = idempotencyKey;
    this.userId = userId;
    this.reservationId = reservationId;
    this.amount = amount;
    this.status = Status.REQUESTED;
    this.requestedAt = requestedAt;
  }

  boolean is(Status status) {
    return this.status == status;
  }

  Status status() {
    return status;
  }

  boolean isFor(UUID reservationId) {
    return this.reservationId.equals(reservationId);
  }

  void complete(Instant now) {
    status = Status.COMPLETED;
    finishedAt = now;
  }

  void fail(Refusal why, Instant now) {
    status = Status.FAILED;
    failureReason = why.reason();
    failureStatus = why.status().value();
    failureDetail = why.getMessage();
    finishedAt = now;
  }

  /** Why it FAILED. */
  Refusal refusal() {
    return new Refusal(failureReason, HttpStatusCode.valueOf(failureStatus), failureDetail);
  }

  Receipt receipt() {
    return new Receipt(id, userId, reservationId, amount);
  }

  PaymentView view() {
    return new PaymentView(id, userId, reservationId, amount, status, failureReason, requestedAt);
  }
}
