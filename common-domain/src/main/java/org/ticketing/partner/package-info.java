/**
 * Owns partner platforms and the sales they are told of; offers signed webhooks, at least once and
 * in order for each partner, and the same sales as a feed to poll. A sale that is refunded is told
 * of as cancelled.
 *
 * <p>The payment service reports sales after payments, and refunds. Operators administer partners,
 * and partners poll their feed.
 */
package org.ticketing.partner;
