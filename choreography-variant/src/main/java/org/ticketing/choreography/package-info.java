/**
 * Choreography: the payment is a saga without anybody who conducts it. Each service does its step
 * when it is told of the event before, and tells the others of its own.
 *
 * <p>There is no coordinator: every process is a participant, and {@link
 * org.ticketing.choreography.ParticipantConfiguration} is the same for all. Read {@link
 * org.ticketing.choreography.EventKind} first, which has the events, who tells of each and who
 * reacts; then {@link org.ticketing.choreography.Reactions} with its three implementations, {@link
 * org.ticketing.choreography.Reception}, through which every event comes, and {@link
 * org.ticketing.choreography.ChoreographyPaymentProtocol}, which asks for the payment and waits for
 * its end. {@link org.ticketing.choreography.Carrier} is what carries events; {@link
 * org.ticketing.choreography.OutboxCarrier} and {@link org.ticketing.choreography.EventReaders} do
 * so without a broker, {@link org.ticketing.choreography.KafkaCarrier} and {@link
 * org.ticketing.choreography.KafkaReaders} over one.
 *
 * <p>The messages of a payment that succeeds, with forced writes marked {@code !}:
 *
 * <pre>
 * payment                          point                     reservation
 *
 * REQUESTED and
 * PaymentRequested !
 *   answer to a poll ------------>
 *                                  used and
 *                                  PointsUsed !
 *                                    answer to a poll ------>
 *                                                            CONFIRMED and
 *                                                            ReservationCompleted !
 *   <------------------------------------------------------- answer to a poll
 * COMPLETED !  (decides: from here on it stays)
 * answer
 * </pre>
 *
 * <p>Each forced write is one local transaction. It has the record that the event was reacted to
 * ({@link org.ticketing.choreography.Inbox}), the change of the domain, and the event that follows
 * from it ({@link org.ticketing.choreography.Outbox}). A poll waits at the publisher before there
 * is an event, and acknowledges those of the poll before. The rows of acknowledged events are
 * removed once a second, many at a time.
 *
 * <p>A refusal goes the same way back: ReservationRefused has the point service refund, and its
 * PointsRefunded has the payment fail. So a customer is told of a refusal when nothing remains.
 *
 * <h2>Rules for events that come twice, late, or in another order</h2>
 *
 * <ul>
 *   <li><b>Once.</b> An event is known by its payment and its kind. The inbox has a row of each,
 *       and its primary key keeps two processes from reacting to the same one.
 *   <li><b>In order.</b> An event is handed over to a reader when those of the same payment before
 *       it are acknowledged.
 *   <li><b>By rule, all the same.</b> No reaction depends on the order. The record of the payment
 *       is REQUESTED, and becomes COMPLETED or FAILED once: whichever comes first, decides, and
 *       what comes afterwards changes nothing. An undo leaves a tombstone, and a step that comes
 *       after it is refused and told to nobody.
 *   <li><b>None is passed over.</b> Events are acknowledged one by one. A position in the outbox
 *       would pass over an event whose transaction has an earlier number and commits later.
 * </ul>
 *
 * <p>What happens when something fails:
 *
 * <ul>
 *   <li>A process between two commits: nothing is lost. The event that it was about to react to was
 *       not acknowledged, and comes again; the one that it was about to hand over is in its outbox.
 *   <li>The payment process, whose customer then has no answer: the payment goes on without it, and
 *       ends when the process, or another one, reads the last event.
 *   <li>A participant for so long that the payment does not end in time ({@link
 *       org.ticketing.choreography.ChoreographySettings}): the payment is cancelled. Its record
 *       fails, and PaymentCancelled has the others undo what they have done, or never do it,
 *       however late they hear of it ({@link org.ticketing.choreography.Cancellation}). The
 *       customer is told that the payment has failed when the others have undone it, or when those
 *       who are there must have, and that is final. If the process that waits has died, any other
 *       one cancels ({@link org.ticketing.choreography.OverduePayments}).
 *   <li>A participant for even longer: until PointsRestored and ReservationReopened have told that
 *       the others have undone the payment, its customer pays nothing else ({@link
 *       org.ticketing.choreography.Undoings}). The step that is about to be undone would have the
 *       next payment refused.
 *   <li>The payment's database, at that moment: the customer is told that the outcome is unknown,
 *       and is answered when asking again.
 *   <li>A reaction, again and again: the event is parked ({@link
 *       org.ticketing.choreography.ParkedEvents}), so that others are not held up. The payment is
 *       cancelled in time, unless what is parked is its cancellation: that waits for an operator,
 *       and so does its customer.
 * </ul>
 *
 * <h2>Several processes of a service</h2>
 *
 * <p>An event is handed over by the process that has committed it, to whichever process of its
 * reader asks first. What that process does not hand over at once is taken from the outbox by any
 * other, one process each. If it is another process than the one whose customer waits that ends the
 * payment, the latter finds it in the record of payments ({@link
 * org.ticketing.choreography.AwaitedEnds}). Payment, point, and reservation each need processes of
 * their own.
 *
 * <h2>What operators see and do</h2>
 *
 * <p>There is no engine that believes anything: a payment stands where its record, and the events
 * that are left, say ({@link org.ticketing.choreography.Standings}). Operators hurry its events,
 * replay those that are parked, and cancel a payment that has not ended ({@link
 * org.ticketing.choreography.ChoreographySteering}). Nothing else is possible, because nobody could
 * be told to do it.
 */
package org.ticketing.choreography;
