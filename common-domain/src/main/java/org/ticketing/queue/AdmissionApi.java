package org.ticketing.queue;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What other services ask the queue and tell it. */
@HttpExchange("/internal/queue")
public interface AdmissionApi {

  /** How many endings can be told at once. */
  int MOST = 100;

  /** Whether the customer has an active token of the schedule now. */
  @GetExchange("/admission")
  Admission admission(
      @RequestParam("userId") UUID userId, @RequestParam("scheduleId") UUID scheduleId);

  /**
   * Ends the tokens of customers who have paid: of each the token for the schedule, waiting or
   * active, that was live at the time of the payment, if there was one. Ends all of them or, if
   * something goes wrong, none. Idempotent.
   *
   * @param endings 1 to {@value #MOST}
   */
  @PostExchange("/endings")
  void end(@RequestBody @NotEmpty @Size(max = MOST) List<@Valid @NotNull Ending> endings);

  record Admission(boolean admitted) {}

  record Ending(@NotNull UUID userId, @NotNull UUID scheduleId, @NotNull Instant paidAt) {}
}
