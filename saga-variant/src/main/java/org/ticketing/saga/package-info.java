/**
 * A saga: steps that are done for good at once, and compensations. Run by Seata's state machine
 * engine inside the payment process, which logs each step in the payment database before and after;
 * Seata's server (S) has it compensate what was interrupted. Forced writes are marked with *.
 *
 * <pre>
 * payment  -> S            begin *
 * payment                  log the saga *
 * payment                  log RecordPayment *, do it *, log it *
 * payment                  log UsePoints *
 *   payment -> point       use *                      (HTTP)
 * payment                  log it *
 * payment                  log CompleteReservation *
 *   payment -> reservation complete *                 (HTTP)
 * payment                  log it *
 * payment                  log CompletePayment *, do it *, log it *
 * payment                  log the success *          the decision: from here on it stays
 * payment  -> S            finished *
 * </pre>
 *
 * A step that refuses, or whose effect is unknown, has the engine compensate it and those before
 * it, last first. When that fails too, or the payment process dies, S asks for it: at once and
 * every second in the first case, after {@code ticketing.saga.timeout} in the second. What S has
 * lost, the payment process finds in its log a little later. Whoever compensates takes the saga
 * over: its engine, should it still be alive, begins no further step, and a step that arrives late
 * is refused by its participant.
 */
package org.ticketing.saga;
