/**
 * Owns the payments and their idempotency keys: pays a reservation with points, refunds what was
 * paid for a schedule that is cancelled, and shows payments. Home of the coordinator.
 *
 * <p>Participant ({@link org.ticketing.payment.PaymentParticipant}): {@code request} and {@code
 * complete} for every system; {@code cancel} for TCC and the saga.
 *
 * <p>Called by customers, through {@link org.ticketing.payment.PaymentApi}, and by operators,
 * through {@link org.ticketing.payment.TransactionsApi}. How a payment calls the participants is up
 * to the {@link org.ticketing.payment.PaymentProtocol} of the system.
 */
package org.ticketing.payment;
