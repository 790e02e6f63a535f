/**
 * Owns concerts and their schedules; offers them to everybody, and their administration to
 * operators.
 *
 * <p>The queue, seat and reservation services ask it whether a schedule exists and is on sale.
 */
package org.ticketing.concert;
