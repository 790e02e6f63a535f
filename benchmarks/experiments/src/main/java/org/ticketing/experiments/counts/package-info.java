/** What payments cost, by counting: forced writes, calls, statements and bytes of log. */
package org.ticketing.experiments.counts;
