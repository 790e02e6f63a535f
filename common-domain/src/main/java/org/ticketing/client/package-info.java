/** A running system as people outside use it: customers, operators, and the tools that measure. */
package org.ticketing.client;
