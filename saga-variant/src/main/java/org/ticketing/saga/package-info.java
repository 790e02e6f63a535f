/**
 * Saga: the payment is a sequence of steps, each done for good at once, and of compensations that
 * undo them.
 *
 * <p>The payment process is the coordinator: Seata's state machine engine runs the saga inside it
 * and logs each step in the payment database before and after it. Seata's server only watches: it
 * asks for the compensation of a saga whose end it has not been told of. The point and reservation
 * processes are participants that answer plain HTTP calls and know nothing of Seata. They need no
 * beans of their own, so there is no {@code ParticipantConfiguration} here.
 *
 * <p>Read {@link org.ticketing.saga.PaymentSaga} first, which has the steps in their order, then
 * {@link org.ticketing.saga.SagaPaymentProtocol}, which runs them, and {@link
 * org.ticketing.saga.SagaRecovery}. {@link org.ticketing.saga.SagaEngine}, {@link
 * org.ticketing.saga.SagaLog}, {@link org.ticketing.saga.SagaOutcome} and {@link
 * org.ticketing.saga.SagaTransactions} extend classes of Seata; each says what it changes and why.
 *
 * <p>The messages of a payment that succeeds, with forced writes marked {@code !}:
 *
 * <pre>
 * payment                          point      reservation     Seata's server
 *
 * begin ----------------------------------------------------> log it !
 * log the saga
 *
 * log RecordPayment !
 * REQUESTED !
 * log that it is done
 *
 * log UsePoints !
 * POST /uses --------------------> used !
 * log that it is done
 *
 * log CompleteReservation !
 * POST /completions ------------------------> CONFIRMED !
 * log that it is done
 *
 * log CompletePayment
 * COMPLETED !
 * log that it is done
 *
 * log the success !  (decides: from here on it stays)
 * finished -------------------------------------------------> log the end !
 *                                                             forget it !
 * answer
 * </pre>
 *
 * <p>A record of the log without {@code !} reaches the disk with the next forced write of the same
 * database, see {@link org.ticketing.saga.SagaLog}.
 *
 * <p>What happens when something fails:
 *
 * <ul>
 *   <li>A step is refused: the engine compensates the steps before it, last first.
 *   <li>A participant or its database, so that the effect of a step is not known: the engine
 *       compensates that step too. A compensation tolerates that its step never ran, and has the
 *       participant refuse the step if it arrives late.
 *   <li>A participant, while a step of it is to be compensated: the engine reports that to the
 *       server, which asks for the compensation every second until it succeeds.
 *   <li>The payment process before it has logged the success: the server asks for the compensation
 *       when the transaction's time has run out ({@link org.ticketing.saga.CoordinatorSettings}).
 *       Until then others see what the steps have done, which is the price of the protocol. Whoever
 *       compensates takes the saga over: an engine that was only held up begins no further step
 *       ({@link org.ticketing.saga.SagaLog}).
 *   <li>The payment process after that: the payment stays ({@link org.ticketing.saga.SagaEngine}).
 *   <li>The server: no payment can begin; those that have begun end without it. What it has lost,
 *       the payment process finds in its own log a little later ({@link
 *       org.ticketing.saga.SagaRecovery}).
 * </ul>
 *
 * <h2>What operators see and do</h2>
 *
 * <p>The log is the truth, and all instances share it: {@link org.ticketing.saga.SagaTracking}
 * reads there where each saga stands, what failed last, and how often its compensation was asked
 * for. A compensation can be begun at once, also that of a saga that is running: who compensates
 * takes it over. A saga that was cut off can be resumed, as long as nothing of it was compensated
 * and nobody can be at work in it any more; the step that was cut off is done again, and undone if
 * the saga then fails, because it may have been done before ({@link
 * org.ticketing.saga.SagaSteering}). Compensations can be stopped for a saga: that is kept in the
 * saga's row of the log, so it holds for all instances, and after a restart. Seata's server, which
 * goes on asking, is told each time that the saga is not compensated yet ({@link
 * org.ticketing.saga.SagaEngine}).
 *
 * <p>The log of transactions is told of a success when it is logged, and of a compensation when its
 * first step is ({@link org.ticketing.saga.SagaLog}).
 */
package org.ticketing.saga;
