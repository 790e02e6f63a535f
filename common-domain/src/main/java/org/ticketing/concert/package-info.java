/**
 * Owns concerts and their schedules; offers them to everybody, and their administration to
 * operators.
 *
 * <p>The queue, seat and reservation services ask it whether a schedule exists and is on sale. It
 * tells the reservation service of every change of a schedule.
 */
package org.ticketing.concert;
