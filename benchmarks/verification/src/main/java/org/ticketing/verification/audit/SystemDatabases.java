package org.ticketing.verification.audit;

import org.ticketing.stack.JdbcAccess;
import org.ticketing.stack.TicketingSystem;

/**
 * Where a system keeps the three parts of a payment, and what partners are told of it; in the
 * monolith all four are one database.
 *
 * @param coordinator begins the identifiers of the branches that the system's coordinator prepares:
 *     a MySQL server lists those of all its users together
 */
public record SystemDatabases(
    JdbcAccess payment,
    JdbcAccess reservation,
    JdbcAccess point,
    JdbcAccess partner,
    String coordinator) {

  public static SystemDatabases of(TicketingSystem system) {
    return new SystemDatabases(
        system.database("payment"),
        system.database("reservation"),
        system.database("point"),
        system.database("partner"),
        system.coordinatorName());
  }
}
