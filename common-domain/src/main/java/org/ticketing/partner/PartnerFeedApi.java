package org.ticketing.partner;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/**
 * The sales and cancellations that a partner is told of, for partners that poll them with their
 * key.
 */
@HttpExchange("/partner-feed")
public interface PartnerFeedApi {

  /**
   * The events after a number, in order. Refused with {@code partner-key-required}.
   *
   * @param after the number of the last event seen; 0 for the first
   * @param size 1 to 1000
   */
  @GetExchange
  List<SoldSeats> after(
      @RequestHeader(name = "Partner-Key", required = false) String key,
      @RequestParam(name = "after", defaultValue = "0") @Min(0) long after,
      @RequestParam(name = "size", defaultValue = "100") @Min(1) @Max(1000) int size);

  enum Event {
    SOLD,
    /** What was sold by this payment is given back: the payment was refunded. */
    CANCELLED
  }

  /**
   * One sale, or its cancellation, which comes later and repeats what was sold: the body of a
   * webhook and an entry of the feed.
   *
   * @param number grows from event to event; the receiver recognises a repeat by it
   * @param price in points
   * @param at when the event was recorded
   */
  record SoldSeats(
      long number,
      Event event,
      UUID paymentId,
      UUID scheduleId,
      List<UUID> seatIds,
      long price,
      Instant at) {}
}
