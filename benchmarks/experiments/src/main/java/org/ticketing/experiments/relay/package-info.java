/**
 * Relays between the processes of a system, which delay, lose, or silence what is sent over them.
 */
package org.ticketing.experiments.relay;
