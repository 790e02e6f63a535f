/**
 * The tracker: the process with the page of operators. It asks the processes that take part in
 * payments what they know of each global transaction, puts that side by side, and passes on what an
 * operator orders.
 *
 * <p>It has no database, no keys, and no rights of its own. Every call is made with the token that
 * the operator has sent, and it is the called service that decides what the operator may do.
 */
package org.ticketing.tracker;
