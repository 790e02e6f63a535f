/**
 * Owns the payments and their idempotency keys: pays a reservation with points, refunds what was
 * paid for a schedule that is cancelled, and shows payments. Home of the coordinator.
 *
 * <p>Participant ({@link org.ticketing.payment.PaymentParticipant}): {@code request} and {@code
 * complete} for every system; {@code cancel} for TCC and the saga.
 *
 * <p>A payment may be accepted before it is made ({@link
 * org.ticketing.payment.AsynchronousPaymentController}). Workers then make it ({@link
 * org.ticketing.payment.PaymentWorkers}); what they do about an attempt that died, and why that is
 * safe under every protocol, is said in {@link org.ticketing.payment.PaymentWorker}.
 *
 * <p>Called by customers, through {@link org.ticketing.payment.PaymentApi}, and by operators,
 * through {@link org.ticketing.payment.TransactionsApi}. How a payment calls the participants is up
 * to the {@link org.ticketing.payment.PaymentProtocol} of the system.
 */
package org.ticketing.payment;
