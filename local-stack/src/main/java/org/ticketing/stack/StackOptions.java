package org.ticketing.stack;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ticketing.stack.container.ContainerEngine;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.run.DatabasePrograms;
import org.ticketing.stack.run.Databases;
import org.ticketing.stack.run.MysqlBinaries;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.stack.system.SystemDescription;

/** What a stack starts, and where. Immutable: each {@code with} method returns changed options. */
public final class StackOptions {

  /** The system property that names the root of the repository. */
  public static final String HOME_PROPERTY = "ticketing.home";

  /** The system property with further options of child JVMs, separated by spaces. */
  static final String JVM_OPTIONS_PROPERTY = "ticketing.jvm-options";

  /** The system property that chooses the MySQL server, as {@link #withMysqlBinaries} does. */
  static final String MYSQL_PROPERTY = "ticketing.mysql-binaries";

  /** The system property that says where databases run, as {@link #withDatabases} does. */
  static final String DATABASES_PROPERTY = "ticketing.databases";

  /** JVM options for the quick compiler alone: a start takes half, but requests take longer. */
  public static final List<String> QUICK_COMPILER = List.of("-XX:TieredStopAtLevel=1");

  private Path home;
  private Set<String> servers;
  private Set<String> asShipped = Set.of();
  private Map<String, JdbcAccess> elsewhere = Map.of();
  private OptionalInt firstServicePort = OptionalInt.empty();
  private List<String> jvmOptions;
  private boolean acceptsRules;
  private DatabasePrograms programs = DatabasePrograms.EMBEDDED;
  private boolean unsafe;
  private Consumer<String> progress = line -> {};

  private StackOptions() {}

  private StackOptions(StackOptions other) {
    home = other.home;
    servers = other.servers;
    asShipped = other.asShipped;
    elsewhere = other.elsewhere;
    firstServicePort = other.firstServicePort;
    jvmOptions = other.jvmOptions;
    acceptsRules = other.acceptsRules;
    programs = other.programs;
    unsafe = other.unsafe;
    progress = other.progress;
  }

  /** For all servers that these systems need, in the folder that {@value #HOME_PROPERTY} names. */
  public static StackOptions forSystems(Collection<SystemDescription> systems) {
    Set<String> servers = new HashSet<>();
    systems.stream().map(SystemDescription::allServers).forEach(servers::addAll);
    return forServers(servers);
  }

  /** For all servers that these systems need; see {@link #forSystems(Collection)}. */
  public static StackOptions forSystems(SystemDescription... systems) {
    return forSystems(List.of(systems));
  }

  /** For these servers; see {@link #forSystems(Collection)}. */
  public static StackOptions forServers(Set<String> servers) {
    String home = System.getProperty(HOME_PROPERTY);
    if (home == null) {
      throw new StackException(
          "The system property " + HOME_PROPERTY + " must name the root of the repository.");
    }
    StackOptions options = new StackOptions();
    options.servers = Set.copyOf(servers);
    options.jvmOptions =
        Stream.of(System.getProperty(JVM_OPTIONS_PROPERTY, "").split(" "))
            .filter(option -> !option.isBlank())
            .toList();
    return options
        .withHome(Path.of(home))
        .withMysqlBinaries(System.getProperty(MYSQL_PROPERTY, MysqlBinaries.NONE))
        .withDatabases(place(System.getProperty(DATABASES_PROPERTY, "local")));
  }

  private static Databases place(String value) {
    return Stream.of(Databases.values())
        .filter(place -> place.name().equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(
            () ->
                new StackException(
                    "%s must be local or docker, not %s.".formatted(DATABASES_PROPERTY, value)));
  }

  /** The root of the repository. */
  public Path home() {
    return home;
  }

  /** The names of the servers to start, or to use where they run elsewhere. */
  public Set<String> servers() {
    return servers;
  }

  Set<String> asShipped() {
    return asShipped;
  }

  Map<String, JdbcAccess> elsewhere() {
    return elsewhere;
  }

  OptionalInt firstServicePort() {
    return firstServicePort;
  }

  List<String> jvmOptions() {
    return jvmOptions;
  }

  boolean acceptsRules() {
    return acceptsRules;
  }

  DatabasePrograms programs() {
    return programs;
  }

  boolean isUnsafe() {
    return unsafe;
  }

  Consumer<String> progress() {
    return progress;
  }

  /** Uses this folder as the root of the repository. */
  public StackOptions withHome(Path folder) {
    StackOptions options = new StackOptions(this);
    options.home = folder.toAbsolutePath().normalize();
    return options;
  }

  /**
   * Runs these libraries and servers as shipped, without what this project changes of them: names
   * of {@link SystemDescription#changed}.
   */
  public StackOptions withAsShipped(Set<String> names) {
    StackOptions options = new StackOptions(this);
    options.asShipped = Set.copyOf(names);
    return options;
  }

  /** Uses a database server that runs already, with an administrator's access. */
  public StackOptions withElsewhere(String server, JdbcAccess access) {
    StackOptions options = new StackOptions(this);
    Map<String, JdbcAccess> all = new HashMap<>(elsewhere);
    all.put(server, access);
    options.elsewhere = Map.copyOf(all);
    return options;
  }

  /**
   * Starts the databases in this place. MySQL takes the place of MariaDB in containers, whatever
   * else is chosen.
   *
   * @throws org.ticketing.stack.run.UnusableException if they were to run in containers, and there
   *     is no Docker engine
   */
  public StackOptions withDatabases(Databases place) {
    if (place == Databases.DOCKER) {
      ContainerEngine.connect();
    }
    return withPrograms(programs.in(place));
  }

  /**
   * Starts this MySQL instead of MariaDB. Fetches it if it has to be, and tells the listener, which
   * has to be given before.
   *
   * @param choice {@value MysqlBinaries#MAVEN}, {@value MysqlBinaries#NONE} for MariaDB, or the
   *     path of an installation or of a zip of one
   * @throws org.ticketing.stack.run.UnusableException if it does not run here
   */
  public StackOptions withMysqlBinaries(String choice) {
    return withPrograms(programs.with(MysqlBinaries.chosen(choice, home, progress)));
  }

  /**
   * Starts {@value MysqlBinaries#ARTIFACT} instead of MariaDB if it is in the local repository of
   * Maven and runs here, and tells the listener so, which has to be given before. Does nothing if
   * databases run in containers.
   */
  public StackOptions withMysqlBinariesIfFound() {
    if (programs.areContainers()) {
      return this;
    }
    Optional<MysqlBinaries> found = MysqlBinaries.found();
    found.ifPresent(
        mysql ->
            progress.accept(
                MysqlBinaries.ARTIFACT
                    + " was found and is used (--mysql-binaries none: MariaDB instead)"));
    return withPrograms(programs.with(found));
  }

  private StackOptions withPrograms(DatabasePrograms chosen) {
    StackOptions options = new StackOptions(this);
    options.programs = chosen;
    return options;
  }

  /**
   * Gives a system's first process this port, and its other processes those that follow. Without
   * this, free ports are chosen.
   */
  public StackOptions withServicePortsFrom(int first) {
    StackOptions options = new StackOptions(this);
    options.firstServicePort = OptionalInt.of(first);
    return options;
  }

  /** Gives every service process, and servers that are Java programs, these options. */
  public StackOptions withJvmOptions(List<String> all) {
    StackOptions options = new StackOptions(this);
    options.jvmOptions = List.copyOf(all);
    return options;
  }

  /**
   * Lets these JVMs accept Byteman rules while they run, each at its {@link
   * org.ticketing.stack.process.StackProcess#rulePort}. Whoever reaches that port can run code in
   * them.
   */
  public StackOptions acceptingRules() {
    StackOptions options = new StackOptions(this);
    options.acceptsRules = true;
    return options;
  }

  /** Also uses servers that may lose commits which they have acknowledged. */
  public StackOptions unsafe() {
    StackOptions options = new StackOptions(this);
    options.unsafe = true;
    return options;
  }

  /**
   * Tells the listener, in one line each, what is being done. It is called from several threads.
   */
  public StackOptions withProgress(Consumer<String> listener) {
    StackOptions options = new StackOptions(this);
    options.progress = listener;
    return options;
  }
}
