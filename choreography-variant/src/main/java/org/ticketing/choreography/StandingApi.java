package org.ticketing.choreography;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.ticketing.platform.Paths;

/**
 * What the payment process asks of a participant, for operators who watch and steer payments. All
 * calls may be repeated.
 */
@HttpExchange(StandingApi.PATH)
interface StandingApi {

  String PATH = Paths.PROTOCOL + "choreography";

  /** The most events that are listed at a time. */
  int MOST = 10_000;

  /** The events that it has parked, the oldest first. */
  @GetExchange("/parked")
  List<ParkedView> parked(@RequestParam("limit") @Min(1) @Max(MOST) int limit);

  /** Those of a payment. */
  @GetExchange("/parked/of")
  List<ParkedView> parked(@RequestParam("payment") UUID payment);

  /** Hands over what is left of a payment, and reacts again to what is parked of it. */
  @PostExchange("/retries")
  Retried retry(@Valid @RequestBody Retry retry);

  /**
   * @param number under which it is replayed
   * @param reader the service that could not react to it
   * @param kind the name of an {@link EventKind}
   * @param failure of the last attempt
   */
  record ParkedView(
      long number, String reader, String kind, UUID paymentId, String failure, Instant parkedAt) {}

  record Retry(@NotNull UUID payment) {}

  /**
   * @param done in words, a line each
   * @param failures why something could not be done, a line each
   */
  record Retried(List<String> done, List<String> failures) {}
}
