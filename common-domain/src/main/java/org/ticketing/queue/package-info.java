/**
 * Owns the lines of customers who wait until they may reserve seats of a schedule; offers tokens
 * with their rank and estimated wait, and jobs that admit the next customers and expire old tokens.
 *
 * <p>Customers call it themselves. The reservation service asks whether a customer is admitted, and
 * the payment service ends the tokens of customers who have paid.
 */
package org.ticketing.queue;
