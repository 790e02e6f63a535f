package org.ticketing.payment;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
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
   * not-on-sale}, {@code price-changed}, {@code insufficient-points} or, when the key was used for
   * another reservation, {@code idempotency-key-reused}. An answer that was given before has the
   * header {@code Idempotency-Replayed: true}. After {@code service-unavailable} the payment has
   * failed, and nothing remains of it. After {@code outcome-unknown} ask again with the same key.
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
   * The payment. The answer has an {@code ETag}, and {@code Retry-After} while the payment is under
   * way. It is REQUESTED as long as it may be undone, even if its points are used and its
   * reservation is confirmed already. Refused with {@code unknown-payment} or {@code
   * not-your-payment}.
   */
  @GetExchange("/{paymentId}")
  PaymentView find(@PathVariable("paymentId") UUID paymentId);

  /**
   * @param webhook where to post the payment once it has ended; only for a payment that is accepted
   *     before it is made ({@code Prefer: respond-async}), else null. A repetition names the same
   *     one or none; another is refused with {@code idempotency-key-reused} while the payment is
   *     under way
   */
  record PaymentRequest(@NotNull UUID reservationId, @Valid PayerWebhook webhook) {

    public PaymentRequest(UUID reservationId) {
      this(reservationId, null);
    }
  }

  /**
   * @param url http or https, absolute, without a user, and not on the machine or in the network of
   *     the service
   * @param secret signs what is posted; 16 to 200 characters
   */
  record PayerWebhook(
      @Schema(example = "https://payer.example.org/payments") @NotNull URI url,
      @Schema(example = "sixteen characters or more")
          @NotNull
          @Size(min = 16, max = 200)
          @Pattern(regexp = "\\P{Cntrl}*")
          String secret) {

    @Override
    public String toString() {
      return "PayerWebhook at " + url;
    }
  }

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
