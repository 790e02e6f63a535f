/**
 * Owns the wallets, their entries and the points reserved in them: charges a wallet, and shows its
 * balance and its entries. The only service on MySQL, except in the monolith.
 *
 * <p>Participant ({@link org.ticketing.point.PointParticipant}): {@code use} for every system
 * except TCC; {@code refund} for the saga; {@code reserve}, {@code confirm} and {@code release} for
 * TCC.
 *
 * <p>Called by customers, through {@link org.ticketing.point.PointApi}, and by the payment's
 * coordinator.
 */
package org.ticketing.point;
