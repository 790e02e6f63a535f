/**
 * Try, confirm, cancel, coordinated by Seata's server (S). Forced writes, on the path the client
 * waits for, are marked with *.
 *
 * <pre>
 * payment      -> S            begin *
 * payment      -> S            register branch *       try: payment REQUESTED and fence, one commit *
 * payment      -> point        hold                    (HTTP, carries the Xid)
 *   point      -> S            register branch *       try: points set aside and fence, one commit *
 * payment      -> reservation  hold                    (HTTP, carries the Xid)
 *   reservation-> S            register branch *       try: PAYING and fence, one commit *
 * payment      -> S            commit *                the decision: from here on it completes
 *   S          -> payment      confirm                 COMPLETED and fence, one commit *
 *   S          -> point        confirm                 points used and fence, one commit *
 *   S          -> reservation  confirm                 CONFIRMED and fence, one commit *
 *   S                          forgets each branch *, then the transaction *
 * </pre>
 *
 * A try that refuses, or a payment process that dies before the decision, has S call cancel instead
 * of confirm, in the second case after {@code ticketing.tcc.timeout}. S repeats confirm and cancel
 * until they succeed; the fence, a row written in the transaction of each step, makes repetitions
 * harmless and keeps out a try that comes after its cancel.
 */
package org.ticketing.tcc;
