/**
 * What breaks when the monolith is split naively: separate services, plain calls, no coordinator.
 */
package org.ticketing.uncoordinated;
