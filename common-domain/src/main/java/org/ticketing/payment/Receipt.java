package org.ticketing.payment;

import java.util.UUID;

/**
 * The answer to a payment that completed.
 *
 * @param amount in points
 */
public record Receipt(UUID paymentId, UUID userId, UUID reservationId, long amount) {}
