package org.ticketing.platform;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * Switches off and on again, while it runs, that the process that is asked observes what it does;
 * for operators. Every process offers it, unless it was started with {@code
 * ticketing.observability.enabled=false}.
 */
@HttpExchange(Paths.OPERATIONS + "observability")
public interface ObservabilityApi {

  @GetExchange
  State state();

  /**
   * Idempotent; lasts until the process ends. While it is off, metrics can be read as before, but
   * what happens is not added to its timers, and no trace begins.
   */
  @PutExchange
  State change(@RequestBody @Valid State wanted);

  /**
   * @param enabled whether the process observes what it does
   */
  record State(@NotNull Boolean enabled) {}
}
