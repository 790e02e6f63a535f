package org.ticketing.stack;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What to start, and where.
 *
 * @param home the root of the repository
 * @param servers the servers to start, or to use where {@code postgres} or {@code mysql} is given
 * @param postgres administrator's access to a PostgreSQL that runs already
 * @param mysql administrator's access to a MySQL or MariaDB that runs already
 * @param firstServicePort the port of a system's first process, whose others follow; without it
 *     free ports are chosen
 * @param progress is told, in one line each, what is being done; called from several threads
 */
public record StackOptions(
    Path home,
    Set<Server> servers,
    Optional<JdbcAccess> postgres,
    Optional<JdbcAccess> mysql,
    OptionalInt firstServicePort,
    Consumer<String> progress) {

  /** The repository's root is taken from this system property. */
  public static final String HOME_PROPERTY = "ticketing.home";

  /** Everything the variants need, embedded, in the folder {@value #HOME_PROPERTY} names. */
  public static StackOptions forVariants(Variant... variants) {
    String home = System.getProperty(HOME_PROPERTY);
    if (home == null) {
      throw new StackException(
          "The system property " + HOME_PROPERTY + " must name the root of the repository.");
    }
    Set<Server> servers = EnumSet.noneOf(Server.class);
    Arrays.stream(variants).map(Variant::servers).forEach(servers::addAll);
    return new StackOptions(
        Path.of(home),
        servers,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        line -> {});
  }

  public StackOptions {
    home = home.toAbsolutePath().normalize();
    servers = Set.copyOf(servers);
  }

  public StackOptions withHome(Path home) {
    return new StackOptions(home, servers, postgres, mysql, firstServicePort, progress);
  }

  public StackOptions withServers(Set<Server> servers) {
    return new StackOptions(home, servers, postgres, mysql, firstServicePort, progress);
  }

  public StackOptions withPostgres(JdbcAccess elsewhere) {
    return new StackOptions(
        home, servers, Optional.of(elsewhere), mysql, firstServicePort, progress);
  }

  public StackOptions withMysql(JdbcAccess elsewhere) {
    return new StackOptions(
        home, servers, postgres, Optional.of(elsewhere), firstServicePort, progress);
  }

  public StackOptions withServicePortsFrom(int first) {
    return new StackOptions(home, servers, postgres, mysql, OptionalInt.of(first), progress);
  }

  public StackOptions withProgress(Consumer<String> listener) {
    return new StackOptions(home, servers, postgres, mysql, firstServicePort, listener);
  }
}
