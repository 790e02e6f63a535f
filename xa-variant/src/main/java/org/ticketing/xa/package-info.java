/**
 * The payment as one XA transaction over three databases: two-phase commit as in X/Open XA.
 *
 * <p>The payment process is the coordinator (Atomikos, {@link org.ticketing.xa.CoordinatorConfiguration}) and
 * itself a participant; the point and reservation processes are participants over HTTP ({@link
 * org.ticketing.xa.BranchApi}). A participant's part of a transaction is a branch of its database
 * ({@link org.ticketing.xa.Branch}). Messages of a payment that commits, with forced writes marked
 * {@code !}:
 *
 * <pre>
 * payment (coordinator)          point             reservation       payment's database
 *
 * record REQUESTED  ------------------------------------------------> INSERT
 * POST /uses, first in branch -> UPDATE, INSERT
 * POST /completions, first in branch ------------> UPDATE
 * record COMPLETED  ------------------------------------------------> UPDATE
 *
 * phase one, in parallel:
 * POST /branches/../prepare ---> XA PREPARE !
 * POST /branches/../prepare --------------------> PREPARE TRANSACTION !
 * in process -------------------------------------------------------> PREPARE TRANSACTION !
 *
 * log the decision to commit !
 *
 * phase two, in parallel:
 * POST /branches/../commit ----> XA COMMIT !
 * POST /branches/../commit ---------------------> COMMIT PREPARED !
 * in process -------------------------------------------------------> COMMIT PREPARED !
 *
 * log the end
 * answer
 * </pre>
 *
 * <p>Who dies when:
 *
 * <ul>
 *   <li>Before a participant is prepared, anybody: nothing lasts. A branch that is left alone is
 *       rolled back by its participant ({@link org.ticketing.xa.ParticipantSettings}).
 *   <li>After it is prepared, the participant or its database: the database keeps the branch, with
 *       its locks, and any connection can end it. The coordinator repeats its decision until it is
 *       heard.
 *   <li>The coordinator: restarted, it asks all participants for their prepared branches, commits
 *       those of transactions in its log and rolls back its others ({@link
 *       org.ticketing.xa.Participants}). Until then they keep others waiting, which is the price of
 *       the protocol.
 *   <li>The coordinator's disk: what is not decided for sure is not told ({@link
 *       org.ticketing.xa.DecisionLog}).
 * </ul>
 */
package org.ticketing.xa;
