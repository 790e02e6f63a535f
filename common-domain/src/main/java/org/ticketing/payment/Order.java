package org.ticketing.payment;

import java.util.UUID;

/**
 * What a customer asks for: to pay this reservation.
 *
 * @param key the idempotency key, unique among the payments of the user
 */
record Order(UUID userId, String key, UUID reservationId) {}
