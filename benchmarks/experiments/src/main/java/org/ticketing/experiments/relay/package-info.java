/** Relays between the processes of a system, which lose or delay what is sent over them. */
package org.ticketing.experiments.relay;
