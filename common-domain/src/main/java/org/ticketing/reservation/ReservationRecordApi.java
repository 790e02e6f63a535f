package org.ticketing.reservation;

import org.springframework.core.annotation.Order;
import org.springframework.web.service.annotation.HttpExchange;
import org.ticketing.seat.OccupiedSeats;
import org.ticketing.user.Belongings;

/**
 * What the services that reservations depend on ask about them. A user's belongings are refused
 * with {@code reservations-remain}: seats that are held, and tickets for what has not begun. They
 * are asked about after the points.
 */
@HttpExchange("/internal/reservations")
@Order(2)
public interface ReservationRecordApi extends OccupiedSeats, Belongings {}
