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

/** What the other services ask and tell the queue. */
@HttpExchange("/internal/queue")
public interface AdmissionApi {

  /** Endings told at once, at the most. */
  int MOST = 100;

  /** Whether the user has an active token of the schedule now. */
  @GetExchange("/admission")
  Admission admission(
      @RequestParam("userId") UUID userId, @RequestParam("scheduleId") UUID scheduleId);

  /**
   * Users have paid: the live token of the schedule that each had then, if any, has served, also
   * one that waits. All of them or, if something goes wrong, none. Idempotent.
   *
   * @param endings 1 to {@value #MOST}
   */
  @PostExchange("/endings")
  void end(@RequestBody @NotEmpty @Size(max = MOST) List<@Valid @NotNull Ending> endings);

  record Admission(boolean admitted) {}

  record Ending(@NotNull UUID userId, @NotNull UUID scheduleId, @NotNull Instant paidAt) {}
}
