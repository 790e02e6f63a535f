package org.ticketing.seat;

import java.util.Set;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/**
 * Tells which seats are occupied. The service that knows extends this interface with an HTTP API of
 * its own.
 *
 * <p>The interface is declared here, by the one who asks, because the one who answers looks up
 * seats before it reserves them. Calls go both ways; dependencies do not.
 */
public interface OccupiedSeats {

  /** The seats of a schedule that somebody holds, pays or owns now. */
  @GetExchange("/occupied-seats/{scheduleId}")
  Set<UUID> occupiedSeats(@PathVariable("scheduleId") UUID scheduleId);
}
