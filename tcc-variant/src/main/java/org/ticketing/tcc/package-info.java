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
 * actions by reflection: hence they are public. {@link org.ticketing.tcc.BranchRecovery} is about
 * what Seata's server has forgotten.
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
 *   <li>The server loses its store: the participants end what they have tried, see below.
 *   <li>A message: a try that arrives after its cancel is kept out by the fence, which recorded the
 *       cancel although there was nothing to cancel.
 * </ul>
 *
 * <h2>What the fence has forgotten</h2>
 *
 * <p>The fence keeps the rows of finished branches for an hour; the server may repeat a message
 * after any time. No message needs the row:
 *
 * <ul>
 *   <li>A confirm without a row is done by the participant ({@link org.ticketing.tcc.Fence}). It
 *       keeps its own record of a confirm for ever, and finds that nothing is left to do.
 *   <li>A cancel without a row leaves a new one, and nothing else. What was to be released was
 *       released with the old one.
 *   <li>A try that is later than the row of its cancel is a branch that the server has forgotten.
 * </ul>
 *
 * <h2>What Seata's server has forgotten</h2>
 *
 * <p>A branch that is still open after the server has answered that it does not know the
 * transaction will never be ended by it: it removes a transaction only when all branches are ended.
 * Each participant finds such branches in its fence, and ends them as the payment's record says:
 * COMPLETED, confirm; FAILED, cancel. While the payment is REQUESTED, they wait for the payment
 * process. It asks the other two to make orphans of their branches, which from then on refuse the
 * server's confirm and cancel. If one of them has confirmed before, it confirms the payment's own
 * branch, else it cancels it ({@link org.ticketing.tcc.ForgottenPayments}).
 *
 * <p>No decision that anybody knows of is undone, even if the server was only mistaken for one that
 * has lost its store, and comes back with it:
 *
 * <ul>
 *   <li>The payment's own branch ends once, because the fence changes its row under a lock. Its end
 *       is the decision, whoever has brought it about.
 *   <li>If it was cancelled by recovery, no other participant has confirmed, and none can: its
 *       branch is an orphan, or cannot be tried any more. A confirm that was under way has either
 *       come first, and is found, or comes late, and is refused.
 *   <li>If it was confirmed, all tries had succeeded: by recovery only if a confirm was found,
 *       which the server sends only after it has decided. Nobody cancels the others, for the server
 *       has decided to commit and recovery follows the record.
 *   <li>Nobody was told of a decision that is lost. A customer is told that the payment is
 *       completed when the server has confirmed all branches, or when the payment process has
 *       confirmed its own ({@link org.ticketing.tcc.GlobalTransactions}).
 *   <li>A payment process that is still trying is told that its transaction is unknown, or that the
 *       payment has been undone; and so is one that asks for the commit.
 * </ul>
 *
 * <p>A server that comes back with its store after all repeats a message that contradicts the
 * payment's record until somebody removes the transaction from its store. No data changes.
 *
 * <h2>What operators see and do</h2>
 *
 * <p>Seata's server lists no transactions to its clients, and takes no orders from them but to
 * commit or roll back. So {@link org.ticketing.tcc.TccEngine} finds those that are not finished in
 * the fences of the participants ({@link org.ticketing.tcc.BranchApi}) and in this process's
 * memory, and asks the server for the status of each. As long as the server knows a transaction,
 * its status is the decision; after that the payment's record is. What is decided can be done at
 * once, because the server's own confirm or cancel then changes nothing; what is not decided can be
 * cancelled, and not completed; and what neither the server nor the record of payments knows can be
 * released ({@link org.ticketing.tcc.TccSteering}). Recovery can be stopped for a transaction: that
 * is kept in the rows of the fences, so it holds for all instances, and after a restart. The
 * server's own repetitions cannot be stopped.
 *
 * <p>The log of transactions is told that a payment completes when its own branch is confirmed,
 * because the server confirms only what it has decided, and that it is undone when the payment
 * process asks for that, or when its branch is cancelled without it ({@link
 * org.ticketing.tcc.Fence}).
 */
package org.ticketing.tcc;
