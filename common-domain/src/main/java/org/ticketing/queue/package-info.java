/** The line people wait in when sales open. */
package org.ticketing.queue;
