package org.ticketing.reservation;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.ticketing.platform.Refusal;

/** Reservations of seats. */
@HttpExchange
public interface ReservationApi {

  /** How many reservations can be looked up at once. */
  int LARGEST_LOOKUP = 100;

  /**
   * Holds a seat for the signed-in user. Idempotent: a user who has a live reservation of the seat
   * gets that again as it is now, be it held, being paid or paid, also with status 201; it is held
   * no longer for that. With a key, the request can be repeated at any time: it gets the
   * reservation that was made with the key, whatever has become of it. A refused request leaves its
   * key unused.
   *
   * <p>Refused with {@code user-withdrawn}, {@code unknown-seat}, {@code not-on-sale}, {@code
   * not-admitted} by the queue, {@code seat-taken}, {@code hold-too-long} or, when the key was used
   * for another seat, {@code idempotency-key-reused}.
   *
   * @param key the user's, up to 100 characters; may be absent
   */
  @PostExchange("/reservations")
  ReservationView reserve(
      @RequestHeader(name = "Idempotency-Key", required = false) @Size(min = 1, max = 100)
          String key,
      @Valid @RequestBody ReservationRequest request);

  /** Does the same without a key. */
  default ReservationView reserve(ReservationRequest request) {
    return reserve(null, request);
  }

  /** The reservation. Refused with {@code unknown-reservation} or {@code not-your-reservation}. */
  @GetExchange("/reservations/{reservationId}")
  ReservationView find(@PathVariable("reservationId") UUID reservationId);

  /**
   * Reservations of a user, the latest first.
   *
   * @param userId the signed-in user when absent
   * @param live only live ones, which occupy their seat
   * @param page counted from 0
   * @param size 1 to 100
   */
  @GetExchange("/reservations")
  List<ReservationView> ofUser(
      @RequestParam(name = "userId", required = false) UUID userId,
      @RequestParam(name = "live", defaultValue = "false") boolean live,
      @RequestParam(name = "page", defaultValue = "0") @Min(0) @Max(1_000_000) int page,
      @RequestParam(name = "size", defaultValue = "20") @Min(1) @Max(100) int size);

  /**
   * Cancels the reservation, which frees its seat. Idempotent. Refused with {@code
   * unknown-reservation}, {@code not-your-reservation} or, if it is being paid or paid, {@code
   * reservation-not-held}.
   */
  @DeleteExchange("/reservations/{reservationId}")
  void cancel(@PathVariable("reservationId") UUID reservationId);

  /** Those of these reservations that exist. For the payment service. */
  @PostExchange("/internal/reservations/lookups")
  List<ReservationView> findAll(
      @RequestBody @NotEmpty @Size(max = LARGEST_LOOKUP) List<@NotNull UUID> reservationIds);

  /**
   * Cancels a reservation whose payment has been refunded. Idempotent. For the payment service.
   * Refused with {@code unknown-reservation}, or {@code payment-in-progress} while the payment is
   * not confirmed here.
   */
  @PostExchange("/internal/reservations/{reservationId}/returns")
  void giveBack(
      @PathVariable("reservationId") UUID reservationId,
      @Valid @RequestBody RefundedPayment payment);

  record RefundedPayment(@NotNull UUID paymentId) {}

  /**
   * @param holdFor how long the seat is held; if absent, for the configured time, which is also the
   *     longest allowed
   */
  record ReservationRequest(
      @NotNull UUID seatId,
      @Schema(type = "string", example = "PT5M") @DurationMin(seconds = 1) Duration holdFor) {}

  enum Status {
    /** Waits for its payment until {@code heldUntil}. It then looks held until it is swept. */
    HELD,
    /** Tried by a payment of TCC, which will confirm or release it. */
    PAYING,
    /**
     * Paid, as far as this service knows. Where each step of a payment is done for good at once, as
     * in a saga, the payment may yet be undone, and the reservation is HELD again; only the payment
     * itself tells whether it has completed.
     */
    CONFIRMED,
    /** By its customer before it was paid, or with its schedule. */
    CANCELLED,
    EXPIRED;

    /** The statuses in which a reservation is live: nobody else can reserve the seat. */
    static final Set<Status> OCCUPYING = Set.of(HELD, PAYING, CONFIRMED);
  }

  /**
   * @param price in points
   * @param paymentId the payment that is paying or has paid it, also if it was refunded; else null
   */
  record ReservationView(
      UUID id,
      UUID userId,
      UUID scheduleId,
      UUID seatId,
      long price,
      Status status,
      Instant heldUntil,
      UUID paymentId) {

    /**
     * Checks what a lookup can tell before a payment begins. A hold that has run out but was not
     * swept passes.
     *
     * @throws Refusal {@code reservation-expired} or {@code reservation-not-held}
     */
    public void requireHeld() {
      if (status == Status.EXPIRED) {
        throw ReservationRefusals.expired();
      }
      if (status != Status.HELD) {
        throw ReservationRefusals.notHeld();
      }
    }

    boolean is(Status status, UUID paymentId) {
      return this.status == status && paymentId.equals(this.paymentId);
    }

    /** Whether this payment has paid the reservation, which may have been refunded since. */
    boolean wasPaidBy(UUID paymentId) {
      return is(Status.CONFIRMED, paymentId) || is(Status.CANCELLED, paymentId);
    }

    /** Whether the hold has run out, swept or not. */
    boolean hasRunOutAt(Instant now) {
      return status == Status.EXPIRED || status == Status.HELD && !now.isBefore(heldUntil);
    }
  }
}
