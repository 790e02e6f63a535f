/**
 * What every process tells of the global transactions that it takes part in: what has happened
 * ({@link org.ticketing.platform.tracking.TransactionLog}), what its database holds now ({@link
 * org.ticketing.platform.tracking.Holdings}), and, in the payment process, what the protocol's
 * engine believes and what can be done ({@link org.ticketing.platform.tracking.TransactionEngine}).
 * A protocol brings implementations of these; the tracker puts them side by side.
 */
package org.ticketing.platform.tracking;
