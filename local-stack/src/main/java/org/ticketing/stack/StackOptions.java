package org.ticketing.stack;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What to start, and where.
 *
 * @param home the root of the repository
 * @param servers the servers to start, or to use where {@code postgres} or {@code mysql} is given
 * @param postgres administrator's access to a PostgreSQL that runs already
 * @param mysql administrator's access to a MySQL or MariaDB that runs already
 * @param firstServicePort the port of a system's first process, whose others follow; without it
 *     free ports are chosen
 * @param jvmOptions given to every service process and the Seata server
 * @param acceptsRules whether these JVMs accept Byteman rules while they run, each on the port
 *     {@link StackProcess#rulePort} tells; whoever reaches it can run code in them
 * @param progress is told, in one line each, what is being done; called from several threads
 */
public record StackOptions(
    Path home,
    Set<Server> servers,
    Optional<JdbcAccess> postgres,
    Optional<JdbcAccess> mysql,
    OptionalInt firstServicePort,
    List<String> jvmOptions,
    boolean acceptsRules,
    Consumer<String> progress) {

  /** The repository's root is taken from this system property. */
  public static final String HOME_PROPERTY = "ticketing.home";

  /** More options for child JVMs, separated by spaces, are taken from this one. */
  static final String JVM_OPTIONS_PROPERTY = "ticketing.jvm-options";

  /**
   * The quick compiler alone: halves the processor time of a start, at the price of speed later.
   */
  public static final List<String> QUICK_COMPILER = List.of("-XX:TieredStopAtLevel=1");

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
        Stream.of(System.getProperty(JVM_OPTIONS_PROPERTY, "").split(" "))
            .filter(option -> !option.isBlank())
            .toList(),
        false,
        line -> {});
  }

  public StackOptions {
    home = home.toAbsolutePath().normalize();
    servers = Set.copyOf(servers);
    jvmOptions = List.copyOf(jvmOptions);
  }

  public StackOptions withHome(Path home) {
    return with(home, servers, postgres, mysql, firstServicePort, jvmOptions, acceptsRules);
  }

  public StackOptions withServers(Set<Server> servers) {
    return with(home, servers, postgres, mysql, firstServicePort, jvmOptions, acceptsRules);
  }

  public StackOptions withPostgres(JdbcAccess elsewhere) {
    return with(
        home, servers, Optional.of(elsewhere), mysql, firstServicePort, jvmOptions, acceptsRules);
  }

  public StackOptions withMysql(JdbcAccess elsewhere) {
    return with(
        home,
        servers,
        postgres,
        Optional.of(elsewhere),
        firstServicePort,
        jvmOptions,
        acceptsRules);
  }

  public StackOptions withServicePortsFrom(int first) {
    return with(home, servers, postgres, mysql, OptionalInt.of(first), jvmOptions, acceptsRules);
  }

  public StackOptions withJvmOptions(List<String> options) {
    return with(home, servers, postgres, mysql, firstServicePort, options, acceptsRules);
  }

  public StackOptions acceptingRules() {
    return with(home, servers, postgres, mysql, firstServicePort, jvmOptions, true);
  }

  public StackOptions withProgress(Consumer<String> listener) {
    return new StackOptions(
        home, servers, postgres, mysql, firstServicePort, jvmOptions, acceptsRules, listener);
  }

  private StackOptions with(
      Path home,
      Set<Server> servers,
      Optional<JdbcAccess> postgres,
      Optional<JdbcAccess> mysql,
      OptionalInt firstServicePort,
      List<String> jvmOptions,
      boolean acceptsRules) {
    return new StackOptions(
        home, servers, postgres, mysql, firstServicePort, jvmOptions, acceptsRules, progress);
  }
}
