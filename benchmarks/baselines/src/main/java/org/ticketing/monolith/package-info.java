/** What most systems start from: one process, one database, one local transaction. */
package org.ticketing.monolith;
