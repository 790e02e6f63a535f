/**
 * Owns what all services share, and knows none of them: which services a process hosts, how they
 * call each other, how they refuse, how they are observed, and how their databases, caches and jobs
 * are set up.
 *
 * <p>Every service uses it, and every application starts with {@link
 * org.ticketing.platform.TicketingApplication}.
 */
package org.ticketing.platform;
