/**
 * Two-phase commit as in X/Open XA: the payment is one global transaction over three databases.
 *
 * <p>The payment process is the coordinator ({@link org.ticketing.xa.Coordinator}: Atomikos), and
 * its database takes part as the last resource ({@link org.ticketing.xa.LastResource}): it is not
 * prepared, and its commit is the decision. The point and reservation processes are participants
 * over HTTP ({@link org.ticketing.xa.BranchApi}). Read {@link org.ticketing.xa.XaPaymentProtocol}
 * first, then {@link org.ticketing.xa.GlobalTransactions}, {@link
 * org.ticketing.xa.GlobalTransaction} and {@link org.ticketing.xa.Enlistment}, which takes work to
 * the participants, there {@link org.ticketing.xa.Branches}, {@link org.ticketing.xa.Branch} and
 * {@link org.ticketing.xa.XaDatabase}, and for the decision {@link org.ticketing.xa.LastResource},
 * {@link org.ticketing.xa.DecisionLog} and {@link org.ticketing.xa.DecisionTable}.
 *
 * <p>The messages of a payment that commits, with forced writes marked {@code !}:
 *
 * <pre>
 * payment (coordinator)          point             reservation       payment's database
 *
 * record REQUESTED  ------------------------------------------------> INSERT
 * POST /uses, starts branch ---> UPDATE, INSERT
 * POST /completions, starts branch --------------> UPDATE
 * record COMPLETED  ------------------------------------------------> UPDATE
 *
 * phase one, in parallel:
 * POST /branches/../prepare ---> XA PREPARE !
 * POST /branches/../prepare --------------------> PREPARE TRANSACTION !
 * record the decision  ---------------------------------------------> INSERT
 *
 * the decision:
 * commit  ----------------------------------------------------------> COMMIT !
 *
 * phase two, in parallel:
 * POST /branches/../commit ----> XA COMMIT !
 * POST /branches/../commit ---------------------> COMMIT PREPARED !
 *
 * answer
 * later, for all that ended since: remove the decision  ------------> DELETE
 * </pre>
 *
 * <p>What happens when something fails:
 *
 * <ul>
 *   <li>Any process or database, before a participant is prepared: nothing lasts. A participant
 *       rolls back a branch in which nobody works any more ({@link
 *       org.ticketing.xa.ParticipantSettings}).
 *   <li>A participant or its database, after it is prepared: the database keeps the branch, with
 *       its locks, and any connection can end it. The coordinator repeats its decision until the
 *       participant has heard it.
 *   <li>A participant's database goes silent: a message waits for it until the connection counts as
 *       broken, and its repetitions are answered at once ({@link org.ticketing.xa.Branches}). The
 *       database itself ends a transaction whose client is silent, unless it is prepared.
 *   <li>The coordinator: after a restart it asks all participants for their prepared branches,
 *       commits those of transactions whose decision is in its database and rolls back its others
 *       ({@link org.ticketing.xa.Recovery}). Until then their locks keep other payments waiting,
 *       which is the price of the protocol. A second process of its name, or one with other
 *       decisions, must not do so ({@link org.ticketing.xa.Claim}). What a coordinator leaves that
 *       does not come back, another one ends ({@link org.ticketing.xa.TakeOver}), or an operator
 *       ({@link org.ticketing.xa.InDoubtApi}). One that stops ends it itself ({@link
 *       org.ticketing.xa.Departure}).
 *   <li>One of several instances of a participant: any other ends the branches that it had
 *       prepared. Those that it had not are rolled back with their payments. While it lives, what
 *       follows in a branch goes to the instance that has it ({@link
 *       org.ticketing.xa.InstanceAddress}).
 *   <li>The payment's database, while it commits: the coordinator cannot know what it did, and
 *       tells nobody anything until it has asked the database ({@link
 *       org.ticketing.xa.DecisionTable#isCommitted}).
 * </ul>
 *
 * <p>What operators are told of all this, and can do about it, begins with {@link
 * org.ticketing.xa.XaEngine}. A {@link org.ticketing.xa.Survey} puts together what the participants
 * have prepared, what is under way here ({@link org.ticketing.xa.Progress}), and what is decided.
 * From that follows where a transaction stands ({@link org.ticketing.xa.Standing}), what happens
 * next ({@link org.ticketing.xa.Forecast}), and what may be done ({@link
 * org.ticketing.xa.XaSteering}): with a decision only what it says, and without one whatever makes
 * sure of one first ({@link org.ticketing.xa.Decider}). Only where the decision is in no place that
 * can be read does the operator decide. Each process shows what its database has of a transaction
 * ({@link org.ticketing.xa.BranchHoldings}, {@link org.ticketing.xa.DecisionHoldings}).
 */
package org.ticketing.xa;
