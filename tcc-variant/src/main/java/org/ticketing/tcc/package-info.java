/**
 * Try, confirm, cancel: the payment is one global transaction of three tries, which Seata's server
 * confirms or cancels.
 *
 * <p>Seata's server is the coordinator: it keeps the transaction and its branches on disk. The
 * payment process begins the transaction, calls the tries and asks for the decision. It is a
 * participant itself, as are the point and reservation processes. A participant's part of a
 * transaction is a branch: an action of three methods, try, confirm and cancel. Each runs in one
 * local transaction with the fence, a row that says how far the branch has come.
 *
 * <p>Read {@link org.ticketing.tcc.TccPaymentProtocol} first, then {@link
 * org.ticketing.tcc.GlobalTransactions}, {@link org.ticketing.tcc.XidPropagation}, which takes the
 * Xid to the participants, and there {@link org.ticketing.tcc.PaymentAction}, {@link
 * org.ticketing.tcc.PointAction} and {@link org.ticketing.tcc.ReservationAction}. Seata calls the
 * actions by reflection: hence they are public.
 *
 * <p>The messages of a payment that commits, with forced writes marked {@code !}:
 *
 * <pre>
 * payment                          Seata's server         point            reservation
 *
 * begin -------------------------> log it !
 *
 * register branch ---------------> log it !
 * REQUESTED and fence !
 *
 * POST /point-tries ------------------------------------> carries the Xid
 *                                  log it ! &lt;------------ register branch
 *                                                         reserved and fence !
 *
 * POST /reservation-tries -----------------------------------------------> carries the Xid
 *                                  log it ! &lt;----------------------------- register branch
 *                                                                          PAYING and fence !
 *
 * commit ------------------------> log the decision !
 *
 * in parallel, for each branch:
 * &lt;------------------------------- confirm
 * COMPLETED and fence !
 *                                  confirm -------------> used and fence !
 *                                  confirm ------------------------------> CONFIRMED and fence !
 *                                  forget the branch !
 *
 *                                  log the end !
 *                                  forget the transaction !
 * &lt;------------------------------- committed
 * answer
 * </pre>
 *
 * <p>The server confirms in parallel because {@code local-stack} sets it up so; by default it
 * confirms one branch after the other.
 *
 * <p>What happens when something fails:
 *
 * <ul>
 *   <li>A try is refused: the payment process asks for a rollback instead of the commit, and the
 *       server calls cancel instead of confirm.
 *   <li>Before the decision, a participant or its database: the same, and the server repeats cancel
 *       until it succeeds.
 *   <li>Before the decision, the payment process: the server cancels all branches when the
 *       transaction's time has run out ({@link org.ticketing.tcc.CoordinatorSettings}). Until then
 *       the points stay reserved and the reservation PAYING.
 *   <li>After the decision, a participant or its database: the server repeats confirm until it
 *       succeeds. The fence makes repetitions harmless.
 *   <li>The server: it finds its transactions on its disk, confirms those it has decided to commit
 *       and cancels the others. Until it is back, no payment can begin or end.
 *   <li>A message: a try that arrives after its cancel is kept out by the fence, which recorded the
 *       cancel although there was nothing to cancel.
 * </ul>
 */
package org.ticketing.tcc;
