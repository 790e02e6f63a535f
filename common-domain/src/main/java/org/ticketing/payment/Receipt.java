package org.ticketing.payment;

import java.util.UUID;

/**
 * What a completed payment is answered with.
 *
 * @param amount in points
 */
public record Receipt(UUID paymentId, UUID userId, UUID reservationId, long amount) {}
