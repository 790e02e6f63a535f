/**
 * Compensation by hand: a step that fails has the steps before it undone in a {@code catch} block.
 *
 * <p>Refusals come out right, because the process that has used the points lives to give them back.
 * A crash does not: nothing remembers what there was to undo. The system is the smallest example of
 * how one is added to the comparison, and proves in a test that nothing outside its module needs to
 * know it.
 */
package org.ticketing.handmade;
