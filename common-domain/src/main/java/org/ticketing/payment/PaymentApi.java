package org.ticketing.payment;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Payments of reservations with points. */
@HttpExchange("/payments")
public interface PaymentApi {

  /**
   * Pays a reservation. Idempotent by the user's key: a request with the same key gets the first
   * answer again, be it a receipt or a refusal. While the first payment is under way it is refused
   * with {@code payment-in-progress}.
   *
   * <p>Refused with {@code unknown-user}, {@code user-withdrawn}, {@code unknown-reservation},
   * {@code not-your-reservation}, {@code reservation-not-held}, {@code reservation-expired}, {@code
   * not-on-sale}, {@code insufficient-points} or, when the key was used for another reservation,
   * {@code idempotency-key-reused}. After {@code service-unavailable} the payment has failed, and
   * nothing remains of it. After {@code outcome-unknown} ask again with the same key.
   */
  @PostExchange
  Receipt pay(
      @RequestHeader("Idempotency-Key") @NotBlank @Size(max = 100) String key,
      @Valid @RequestBody PaymentRequest request);

  /**
   * Payments of the signed-in user, the latest first.
   *
   * @param page counted from 0
   * @param size 1 to 100
   */
  @GetExchange
  List<PaymentView> mine(
      @RequestParam(name = "page", defaultValue = "0") @Min(0) @Max(1_000_000) int page,
      @RequestParam(name = "size", defaultValue = "20") @Min(1) @Max(100) int size);

  /**
   * The payment. It is REQUESTED as long as it may be undone, even if its points are used and its
   * reservation is confirmed already. Refused with {@code unknown-payment} or {@code
   * not-your-payment}.
   */
  @GetExchange("/{paymentId}")
  PaymentView find(@PathVariable("paymentId") UUID paymentId);

  record PaymentRequest(@NotNull UUID reservationId) {}

  enum Status {
    REQUESTED,
    COMPLETED,
    FAILED
  }

  /**
   * @param amount in points; null when the payment failed before the price was known
   * @param reason why it failed, else null
   * @param refundedAt when the points of a completed payment were given back, because the schedule
   *     was cancelled; else null
   */
  record PaymentView(
      UUID id,
      UUID userId,
      UUID reservationId,
      Long amount,
      Status status,
      String reason,
      Instant requestedAt,
      Instant refundedAt) {}
}
