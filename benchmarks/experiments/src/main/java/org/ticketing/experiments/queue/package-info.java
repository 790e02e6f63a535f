/** Whether a place in the queue costs the same however many wait. */
package org.ticketing.experiments.queue;
