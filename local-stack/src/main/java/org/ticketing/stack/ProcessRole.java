package org.ticketing.stack;

import java.util.List;

/** One process of a system: the services it hosts and the server its one database is on. */
record ProcessRole(String process, Server server, List<String> services) {

  ProcessRole(String process, Server server, String... services) {
    this(process, server, List.of(services));
  }
}
