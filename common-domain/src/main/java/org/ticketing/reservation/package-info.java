/**
 * Owns the reservations, which say who occupies which seat: holds a seat for its payment, cancels a
 * reservation, expires holds that have run out, and ends the reservations of cancelled schedules.
 *
 * <p>Participant ({@link org.ticketing.reservation.ReservationParticipant}): {@code complete} for
 * every system except TCC; {@code reopen} for the saga; {@code tryComplete}, {@code confirm} and
 * {@code release} for TCC.
 *
 * <p>Called by customers, through {@link org.ticketing.reservation.ReservationApi}, by the services
 * that ask who occupies a seat, and by the payment's coordinator.
 */
package org.ticketing.reservation;
