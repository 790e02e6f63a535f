/** The seats of a schedule. Who occupies them is known to the reservation service alone. */
package org.ticketing.seat;
