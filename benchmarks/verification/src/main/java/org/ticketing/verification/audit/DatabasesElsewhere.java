package org.ticketing.verification.audit;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.LongSupplier;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.run.UnusableException;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemDescription.ProcessDescription;

/**
 * The databases of a system that runs elsewhere: one for each service, named as the service, or, if
 * one process hosts all services, one named as the system.
 */
public final class DatabasesElsewhere {

  private static final int LOGIN_SECONDS = 10;

  private final SystemDescription system;
  private final Map<String, JdbcAccess> servers;
  private final Map<String, String> names;

  /**
   * @param servers a user's access, who may read everything, to each kind of server that the
   *     system's databases are on; by the names that descriptions use
   * @param names of databases that are named otherwise, by service, or by the process of the
   *     description whose services share one
   * @throws StackException the system has no such service or process
   */
  public DatabasesElsewhere(
      SystemDescription system, Map<String, JdbcAccess> servers, Map<String, String> names) {
    this.system = system;
    this.servers = Map.copyOf(servers);
    this.names = Map.copyOf(names);
    names.keySet().forEach(system::process);
  }

  /**
   * What an audit asks there.
   *
   * @param coordinator what the names of the system's coordinators begin with; empty for all that
   *     the servers know
   * @param coordinators as in {@link SystemDatabases}
   * @throws UnusableException a database cannot be reached, is missing, or does not let the user in
   */
  public SystemDatabases reached(String coordinator, Map<String, LongSupplier> coordinators) {
    SystemDatabases databases =
        new SystemDatabases(
            system,
            SystemDatabases.ofServices(this::database),
            system.inDoubt(coordinator),
            coordinators);
    databases.ofServices().values().stream().distinct().forEach(DatabasesElsewhere::reach);
    return databases;
  }

  private JdbcAccess database(String service) {
    ProcessDescription process = system.process(service);
    String usual = system.isOneProcess() ? system.name() : service;
    return servers
        .get(process.database())
        .withDatabase(names.getOrDefault(service, names.getOrDefault(process.name(), usual)));
  }

  /** Connects once, and does not wait for ever for a server that is silent. */
  private static void reach(JdbcAccess database) {
    DriverManager.setLoginTimeout(LOGIN_SECONDS);
    try {
      database.connectToRead().close();
    } catch (SQLException failure) {
      throw new UnusableException(
          "%s cannot be read: %s"
              .formatted(
                  database.url(),
                  String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip()));
    }
  }
}
