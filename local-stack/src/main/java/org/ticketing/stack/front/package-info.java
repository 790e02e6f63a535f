/** The fixed ports of services that run in containers, of which there can be several each. */
package org.ticketing.stack.front;
