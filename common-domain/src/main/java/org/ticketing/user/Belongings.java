package org.ticketing.user;

import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.PutExchange;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/**
 * What users have in another service, and would lose by withdrawing. Each service in which they can
 * have something extends this interface with an HTTP API of its own. A withdrawal first closes the
 * user in all of them, in their {@linkplain org.springframework.core.annotation.Order order}: from
 * then on they refuse by themselves what would give the user something, whatever they have been
 * told before about the user being active.
 *
 * <p>The interface is declared here, by the one who asks, because those who answer ask the user
 * service themselves before they act for a user. Calls go both ways; dependencies do not.
 */
public interface Belongings {

  /**
   * Closes the user, in the transaction that sees that nothing is left. Idempotent.
   *
   * @param withdrawal grows with every attempt to withdraw; one that is not the latest changes
   *     nothing
   * @throws Refusal the user has something here; the reason says what
   * @throws ServiceUnavailable a later attempt was heard of, or this one has been reopened
   */
  @PutExchange("/closings/{userId}")
  void close(
      @PathVariable("userId") UUID userId, @RequestParam(name = "withdrawal") long withdrawal);

  /** Opens the user again, unless a later attempt was heard of. Idempotent. */
  @DeleteExchange("/closings/{userId}")
  void reopen(
      @PathVariable("userId") UUID userId, @RequestParam(name = "withdrawal") long withdrawal);
}
