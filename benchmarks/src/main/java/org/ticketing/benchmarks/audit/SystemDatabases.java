package org.ticketing.benchmarks.audit;

import org.ticketing.stack.JdbcAccess;
import org.ticketing.stack.TicketingSystem;

/**
 * Where a system keeps the three parts of a payment; in the monolith all three are one database.
 */
public record SystemDatabases(JdbcAccess payment, JdbcAccess reservation, JdbcAccess point) {

  public static SystemDatabases of(TicketingSystem system) {
    return new SystemDatabases(
        system.database("payment"), system.database("reservation"), system.database("point"));
  }
}
