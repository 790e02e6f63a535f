/** Where everybody comes from: one process, one database, one local transaction. */
package org.ticketing.monolith;
