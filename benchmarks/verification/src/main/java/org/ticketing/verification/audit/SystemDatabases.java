package org.ticketing.verification.audit;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemDescription.InDoubtQuery;
import org.ticketing.stack.system.TicketingSystem;

/**
 * Where a system keeps the parts of a payment, and how to ask what its protocol has left in doubt.
 * Systems of this machine have it, and so have those that run elsewhere: {@link
 * DatabasesElsewhere}.
 *
 * @param ofServices the databases by the services that keep something of a payment; in one process
 *     all of them are the same
 * @param inDoubt the queries of the system's protocol, without placeholders
 * @param coordinators asks the servers that coordinate payments how many they have not finished, by
 *     the names of the servers; without those that cannot be asked
 */
public record SystemDatabases(
    SystemDescription system,
    Map<String, JdbcAccess> ofServices,
    List<InDoubtQuery> inDoubt,
    Map<String, LongSupplier> coordinators) {

  private static final List<String> SERVICES =
      List.of("user", "concert", "queue", "reservation", "point", "payment", "partner");

  public static SystemDatabases of(TicketingSystem system) {
    return new SystemDatabases(
        system.description(),
        ofServices(system::database),
        system.inDoubtQueries(),
        system.description().servers().stream()
            .collect(
                Collectors.toMap(
                    Function.identity(), name -> () -> system.unfinishedTransactions(name))));
  }

  static Map<String, JdbcAccess> ofServices(Function<String, JdbcAccess> databases) {
    return SERVICES.stream().collect(Collectors.toMap(Function.identity(), databases));
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
