package org.ticketing.queue;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What the other services ask and tell the queue. */
@HttpExchange("/internal/queue")
public interface AdmissionApi {

  /** Whether the user has an active token of the schedule now. */
  @GetExchange("/admission")
  Admission admission(
      @RequestParam("userId") UUID userId, @RequestParam("scheduleId") UUID scheduleId);

  /**
   * The user has paid: the live token of the schedule that they had then, if any, has served, also
   * one that waits. Idempotent.
   */
  @PostExchange("/endings")
  void end(@RequestBody List<@Valid Ending> endings);

  record Admission(boolean admitted) {}

  record Ending(@NotNull UUID userId, @NotNull UUID scheduleId, @NotNull Instant paidAt) {}
}
