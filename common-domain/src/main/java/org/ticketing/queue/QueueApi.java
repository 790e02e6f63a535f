package org.ticketing.queue;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Places in the line for a schedule's seats. */
@HttpExchange("/queue-tokens")
public interface QueueApi {

  /**
   * Takes a token of a schedule for the signed-in user. Idempotent: a user who has a live one,
   * which waits or is active, gets that again, also with status 201. Refused with {@code
   * unknown-schedule} or {@code not-on-sale}.
   */
  @PostExchange
  TokenView take(@Valid @RequestBody TokenRequest request);

  /** Refused with {@code unknown-queue-token} or {@code not-your-queue-token}. */
  @GetExchange("/{tokenId}")
  TokenView find(@PathVariable("tokenId") UUID tokenId);

  /** Gives the place up, waiting or active. Idempotent. Refused as {@link #find}. */
  @DeleteExchange("/{tokenId}")
  void leave(@PathVariable("tokenId") UUID tokenId);

  record TokenRequest(@NotNull UUID scheduleId) {}

  enum Status {
    WAITING,
    /** Its customer may reserve seats until {@code activeUntil}. */
    ACTIVE,
    /** Was active and not used in time. */
    EXPIRED,
    /** Its customer has paid. */
    USED,
    /** Its customer gave it up. */
    LEFT
  }

  /**
   * @param rank its place in the line, 1 for the next; customers who have left may still be
   *     counted. 0 once it does not wait any more
   * @param estimatedWait until it is admitted, if places become free as fast as they are given; 0
   *     once it does not wait any more
   * @param activeUntil null unless it has been admitted
   */
  record TokenView(
      UUID id,
      UUID userId,
      UUID scheduleId,
      Status status,
      long rank,
      Duration estimatedWait,
      Instant activeUntil) {}
}
