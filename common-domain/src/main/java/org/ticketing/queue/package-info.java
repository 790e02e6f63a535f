/**
 * Owns the lines of users who wait until they may reserve seats of a schedule; offers tokens with
 * their rank and estimated wait, and jobs that admit the next users and expire old tokens.
 *
 * <p>Users call it themselves. The reservation service asks whether a user is admitted, and the
 * payment service ends the tokens of users who have paid.
 */
package org.ticketing.queue;
