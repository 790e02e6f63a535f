/**
 * Owns the seats of schedules with their layout and prices; offers seat maps that show which of
 * them are free.
 *
 * <p>Everybody may read them. The reservation service looks up a seat before it reserves it, and
 * answers which seats are occupied through {@link org.ticketing.seat.OccupiedSeats}.
 */
package org.ticketing.seat;
