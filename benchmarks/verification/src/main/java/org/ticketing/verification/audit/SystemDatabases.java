package org.ticketing.verification.audit;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.stack.system.SystemDescription.InDoubtQuery;
import org.ticketing.stack.system.TicketingSystem;

/**
 * Where a system keeps the parts of a payment, and how to ask what its protocol has left in doubt.
 *
 * @param ofServices the databases by the services that keep something of a payment; in one process
 *     all of them are the same
 * @param inDoubt the queries of the system's protocol, without placeholders
 * @param coordinators asks the servers that coordinate payments how many they have not finished
 */
public record SystemDatabases(
    Map<String, JdbcAccess> ofServices,
    List<InDoubtQuery> inDoubt,
    Supplier<Map<String, Long>> coordinators) {

  private static final List<String> SERVICES =
      List.of("payment", "reservation", "point", "partner", "queue", "concert", "user");

  public static SystemDatabases of(TicketingSystem system) {
    return new SystemDatabases(
        SERVICES.stream().collect(Collectors.toMap(service -> service, system::database)),
        system.inDoubtQueries(),
        system::unfinishedTransactions);
  }

  JdbcAccess payment() {
    return ofServices.get("payment");
  }

  JdbcAccess reservation() {
    return ofServices.get("reservation");
  }

  JdbcAccess point() {
    return ofServices.get("point");
  }

  JdbcAccess partner() {
    return ofServices.get("partner");
  }

  JdbcAccess queue() {
    return ofServices.get("queue");
  }

  JdbcAccess concert() {
    return ofServices.get("concert");
  }

  JdbcAccess user() {
    return ofServices.get("user");
  }
}
