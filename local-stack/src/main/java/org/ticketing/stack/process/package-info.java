/**
 * Starts, watches, pauses and kills child processes, and ends them all with the process that
 * started them; knows none of the other packages.
 */
package org.ticketing.stack.process;
