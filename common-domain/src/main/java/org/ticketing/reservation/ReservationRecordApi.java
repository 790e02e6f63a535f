package org.ticketing.reservation;

import org.springframework.core.annotation.Order;
import org.springframework.web.service.annotation.HttpExchange;
import org.ticketing.concert.ScheduleCopies;
import org.ticketing.seat.OccupiedSeats;
import org.ticketing.user.Belongings;

/**
 * What the services that reservations depend on ask about them, and tell. Closing a user is refused
 * with {@code reservations-remain}: seats that are held, tickets for what has not begun, and those
 * that are still to be refunded. It comes before the points, because a refund gives back points and
 * then ends the reservation.
 */
@HttpExchange("/internal/reservations")
@Order(1)
public interface ReservationRecordApi extends OccupiedSeats, Belongings, ScheduleCopies {}
