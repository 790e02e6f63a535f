package org.ticketing.stack;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/** One process of a system: the services it hosts and the server its one database is on. */
record ProcessRole(String process, Server server, List<String> services) {

  private static final Set<String> PARTICIPANTS = Set.of("payment", "point", "reservation");

  ProcessRole(String process, Server server, String... services) {
    this(process, server, List.of(services));
  }

  /** The others know no protocol. */
  boolean takesPartInPayments() {
    return !Collections.disjoint(services, PARTICIPANTS);
  }
}
