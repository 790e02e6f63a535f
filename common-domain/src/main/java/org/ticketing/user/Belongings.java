package org.ticketing.user;

import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.ticketing.platform.Refusal;

/**
 * What users have in another service, and would lose by withdrawing. Each service in which they can
 * have something extends this interface with an HTTP API of its own, and the user service asks all
 * of them before a withdrawal.
 *
 * <p>The interface is declared here, by the one who asks, because those who answer ask the user
 * service themselves before they act for a user. Calls go both ways; dependencies do not.
 */
public interface Belongings {

  /**
   * Changes nothing.
   *
   * @throws Refusal the user has something here; the reason says what
   */
  @GetExchange("/belongings/{userId}")
  void requireNone(@PathVariable("userId") UUID userId);
}
