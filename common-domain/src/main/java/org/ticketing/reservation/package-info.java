/** Who occupies which seat: held for a few minutes, then paid or free again. */
package org.ticketing.reservation;
