package org.ticketing.stack.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.server.Servers;

/**
 * What a system says about itself, in the file {@code systems/<name>/system.yaml} that it brings
 * along. Every such file on the class path is a system that can be started, played and shown in
 * tables; nothing else knows a system by its name.
 *
 * <p>The keys of the file are the components of this record in lower case with hyphens, such as
 * {@code main-class}. {@code name}, {@code title}, {@code module}, {@code main-class} and {@code
 * processes} are required. The processes together host each of {@link #SERVICES} exactly once. A
 * file that breaks a rule is refused with one line that names the file, the key and the rule. A
 * small system is:
 *
 * <pre>{@code
 * name: relay
 * title: payments relayed one step at a time
 * order: 6
 * module: relay-variant
 * main-class: org.ticketing.relay.RelayApplication
 * processes:
 *   - name: payment
 *     database: postgresql
 *     services: payment, reservation
 *   - name: point
 *     database: mysql
 *     services: point
 *   - name: shop
 *     database: postgresql
 *     services: user, concert, queue, seat, partner
 *     module: common-domain
 *     main-class: org.ticketing.shop.ShopApplication
 * properties:
 *   ticketing.relay.log: ${data}/relay.log
 * atomic: true
 * crash-points: [begun, points-used]
 * }</pre>
 *
 * @param name lower case letters and digits, the same as the name of the file's folder; used in
 *     commands, file names and database names
 * @param title what the system is, in one line, for help texts and tables
 * @param order the place in tables: the lowest number comes first; 0 if absent
 * @param module the folder of the Maven module that the processes are started from, relative to the
 *     root of the repository
 * @param mainClass the main class of the processes that take part in payments
 * @param processes the processes of the system; they get their ports in this order
 * @param servers the servers that the system needs besides those of its databases; none if absent
 * @param properties Spring properties of every process that takes part in payments. Their values
 *     may contain the placeholders <code>${data}</code> (a folder of the process's own, which
 *     survives its restarts), <code>${coordinator}</code> (a name of the process's own, the same
 *     after a restart, unlike that of any other process of any run), <code>${system}</code> (a name
 *     that all processes of the system share, unlike that of any other start of any system), and,
 *     for each of the {@code servers}, <code>${&lt;server&gt;.address}</code> (its host and port)
 * @param asShipped how to run the libraries as shipped that this project changes: by the name of a
 *     library, of lower case letters and digits, the {@code properties} that then have another
 *     value; none if absent
 * @param atomic whether every payment happens wholly or not at all, also through crashes. A system
 *     that is not atomic ({@code false}, if absent) is audited without waiting for it to mend what
 *     is broken, and violations are reported but are no failure
 * @param violatesOnLateRefusal whether each late refusal leaves a payment half made, so that the
 *     audit has to find exactly as many violations; {@code false} if absent
 * @param yardstick whether the ratios in results are taken to this system; exactly one of the
 *     systems that are compared has {@code true}
 * @param onDemand whether commands that play all systems leave it out unless it is named; {@code
 *     false} if absent
 * @param longestTimer the longest timer of the protocol, such as {@code 20s}: after this time
 *     nothing changes any more by itself; zero if absent
 * @param cost what a payment costs at least; null if absent, and results then have no floor and no
 *     minimum of the system
 * @param inDoubt how to ask the databases for what the protocol has left in doubt
 * @param libraries the libraries whose versions belong to the results of the system
 * @param crashPoints the names of the crash points, in the order in which the protocol passes them;
 *     the script of each is {@code systems/<name>/crash/<point>.btm}
 */
public record SystemDescription(
    String name,
    String title,
    int order,
    String module,
    String mainClass,
    List<ProcessDescription> processes,
    List<String> servers,
    Map<String, String> properties,
    Map<String, Map<String, String>> asShipped,
    boolean atomic,
    boolean violatesOnLateRefusal,
    boolean yardstick,
    boolean onDemand,
    Duration longestTimer,
    ProtocolCost cost,
    List<InDoubtQuery> inDoubt,
    List<Library> libraries,
    List<String> crashPoints) {

  /** The services of a ticketing system. */
  public static final List<String> SERVICES =
      List.of("user", "concert", "queue", "seat", "reservation", "point", "payment", "partner");

  private static final String NAME = "[a-z][a-z0-9]*";
  static final String PAYMENT = "payment";

  /**
   * A process, which hosts services on one database.
   *
   * @param name lower case letters, digits and hyphens; unlike those of the system's other
   *     processes
   * @param database the kind of server that its database is on: {@code postgresql} or {@code mysql}
   * @param services the services it hosts
   * @param module the folder of the module that it is started from. Only for a process that takes
   *     no part in payments and knows no protocol; other processes have those of their system
   * @param mainClass the main class of a process that has a {@code module}
   */
  public record ProcessDescription(
      String name, String database, List<String> services, String module, String mainClass) {

    public ProcessDescription {
      require(name, "name");
      require(database, "database");
      require(services, "services");
      if (!name.matches("[a-z][a-z0-9-]*")) {
        throw new StackException(
            "the name of a process must be of lower case letters, digits and hyphens, but is '%s'."
                .formatted(name));
      }
      if (!Servers.isDatabase(database)) {
        throw new StackException(database + " is no database server.");
      }
      if ((module == null) != (mainClass == null)) {
        throw new StackException(
            "a process that takes no part in payments has both module and main-class, others have"
                + " neither.");
      }
      services.forEach(SystemDescription::requireService);
      services = List.copyOf(services);
    }

    /** Whether it runs the program of its system, rather than one of its own. */
    public boolean takesPartInPayments() {
      return module == null;
    }
  }

  /**
   * A query for what the protocol has left neither done nor undone. Each row it answers is one
   * thing in doubt.
   *
   * @param what what the rows are, such as {@code branches prepared}
   * @param service the service whose database is asked
   * @param query the query, in the SQL of that database
   * @param column the column that tells the system's own rows from those of others, where the query
   *     cannot: MySQL, for example, lists the prepared branches of all databases of the server
   * @param prefix what that column begins with in the system's own rows; may contain <code>
   *     ${coordinator}</code>, which here is the beginning of the names of all the system's
   *     processes
   */
  public record InDoubtQuery(
      String what, String service, String query, String column, String prefix) {

    public InDoubtQuery {
      require(what, "what");
      require(service, "service");
      require(query, "query");
      requireService(service);
      if ((column == null) != (prefix == null)) {
        throw new StackException("column and prefix are given together or not at all.");
      }
      if (prefix != null) {
        Placeholders.check(prefix, Set.of(Placeholders.COORDINATOR));
      }
    }

    InDoubtQuery with(Map<String, String> values) {
      return prefix == null
          ? this
          : new InDoubtQuery(what, service, query, column, Placeholders.replace(prefix, values));
    }
  }

  /**
   * A library that the protocol is made of.
   *
   * @param name the name that users know it by
   * @param artifact what the name of its jar begins with
   */
  public record Library(String name, String artifact) {

    public Library {
      require(name, "name");
      require(artifact, "artifact");
    }
  }

  public SystemDescription {
    require(name, "name");
    require(title, "title");
    require(module, "module");
    require(mainClass, "main-class");
    require(processes, "processes");
    if (!name.matches(NAME)) {
      throw new StackException(
          "the name must be of lower case letters and digits, but is '%s'.".formatted(name));
    }
    processes = List.copyOf(processes);
    servers = servers == null ? List.of() : List.copyOf(servers);
    servers.forEach(Servers::label);
    properties = properties == null ? Map.of() : Map.copyOf(properties);
    asShipped = asShipped == null ? Map.of() : Map.copyOf(asShipped);
    longestTimer = longestTimer == null ? Duration.ZERO : longestTimer;
    inDoubt = inDoubt == null ? List.of() : List.copyOf(inDoubt);
    libraries = libraries == null ? List.of() : List.copyOf(libraries);
    crashPoints = crashPoints == null ? List.of() : List.copyOf(crashPoints);
    checkProcesses(processes);
    checkPlaceholders(properties, servers);
    checkAsShipped(asShipped, properties, servers);
  }

  private static void checkProcesses(List<ProcessDescription> processes) {
    Set<String> names = new HashSet<>();
    Set<String> hosted = new HashSet<>();
    for (ProcessDescription process : processes) {
      if (!names.add(process.name())) {
        throw new StackException("two processes are named " + process.name() + ".");
      }
      for (String service : process.services()) {
        if (!hosted.add(service)) {
          throw new StackException(service + " is hosted twice.");
        }
      }
      if (process.services().contains(PAYMENT) && !process.takesPartInPayments()) {
        throw new StackException(
            "the process that hosts payment takes part in payments: it has no module and main-class"
                + " of its own.");
      }
    }
    List<String> missing = SERVICES.stream().filter(service -> !hosted.contains(service)).toList();
    if (!missing.isEmpty()) {
      throw new StackException("no process hosts " + String.join(", ", missing) + ".");
    }
  }

  private static void checkPlaceholders(Map<String, String> properties, List<String> servers) {
    Set<String> known = Placeholders.of(servers);
    properties.forEach(
        (key, value) -> {
          try {
            Placeholders.check(value, known);
          } catch (StackException unknown) {
            throw new StackException("the property %s: %s".formatted(key, unknown.getMessage()));
          }
        });
  }

  /** Every property has a value of its own, too, so that results can name it in both cases. */
  private static void checkAsShipped(
      Map<String, Map<String, String>> asShipped,
      Map<String, String> properties,
      List<String> servers) {
    asShipped.forEach(
        (library, changes) -> {
          if (!library.matches(NAME)) {
            throw new StackException(
                "as-shipped.%s: the name must be of lower case letters and digits."
                    .formatted(library));
          }
          for (String key : changes.keySet()) {
            if (!properties.containsKey(key)) {
              throw new StackException(
                  "as-shipped.%s: %s is none of the properties.".formatted(library, key));
            }
          }
          checkPlaceholders(changes, servers);
        });
  }

  /**
   * The names of what this project changes for the system, and what can also run as shipped: the
   * libraries of {@link #asShipped} and its servers that are changed.
   */
  public SortedSet<String> changed() {
    SortedSet<String> names = new TreeSet<>(asShipped.keySet());
    servers.stream().filter(Servers::isChanged).forEach(names::add);
    return names;
  }

  /** The properties of its processes when the libraries of these names run as shipped. */
  public Map<String, String> properties(Set<String> libraries) {
    Map<String, String> all = new HashMap<>(properties);
    libraries.forEach(library -> all.putAll(asShipped.getOrDefault(library, Map.of())));
    return all;
  }

  /**
   * The same under another name, under which it can run beside this one and shares nothing with it.
   * It is not the yardstick.
   */
  public SystemDescription copy(String copyName) {
    return new SystemDescription(
        copyName,
        title,
        order,
        module,
        mainClass,
        processes,
        servers,
        properties,
        asShipped,
        atomic,
        violatesOnLateRefusal,
        false,
        onDemand,
        longestTimer,
        cost,
        inDoubt,
        libraries,
        crashPoints);
  }

  /**
   * The queries for what its protocol has left in doubt, with their placeholders replaced.
   *
   * @param coordinator what the names of its coordinators begin with; empty for coordinators of any
   *     name
   */
  public List<InDoubtQuery> inDoubt(String coordinator) {
    Map<String, String> values = Map.of(Placeholders.COORDINATOR, coordinator);
    return inDoubt.stream().map(query -> query.with(values)).toList();
  }

  /** The names of its processes, in the order of the description. */
  public List<String> processNames() {
    return processes.stream().map(ProcessDescription::name).toList();
  }

  /** The services that each of its processes hosts. */
  public List<List<String>> servicesByProcess() {
    return processes.stream().map(ProcessDescription::services).toList();
  }

  /** The names of all servers it needs, among them those of its databases. */
  public Set<String> allServers() {
    Set<String> all = new HashSet<>(servers);
    processes.forEach(process -> all.add(process.database()));
    return all;
  }

  /** Whether all services run in one process, on one database. */
  public boolean isOneProcess() {
    return processes.size() == 1;
  }

  /**
   * The process of that name, or the one that hosts the service of that name.
   *
   * @throws StackException if there is none
   */
  public ProcessDescription process(String processOrService) {
    return processes.stream()
        .filter(
            process ->
                process.name().equals(processOrService)
                    || process.services().contains(processOrService))
        .findFirst()
        .orElseThrow(
            () ->
                new StackException(
                    name + " has neither a process nor a service " + processOrService + "."));
  }

  /** The names of the processes that the payment process calls to make a payment. */
  public List<String> participants() {
    return isOneProcess()
        ? List.of()
        : processes.stream()
            .filter(ProcessDescription::takesPartInPayments)
            .filter(process -> !process.services().contains(PAYMENT))
            .map(ProcessDescription::name)
            .toList();
  }

  /** The program that a process runs. */
  Program program(ProcessDescription process) {
    return process.takesPartInPayments()
        ? new Program(module, mainClass)
        : new Program(process.module(), process.mainClass());
  }

  /** The name of a process, unlike those of all systems' other processes. */
  String fullName(ProcessDescription process) {
    return isOneProcess() ? name : name + "-" + process.name();
  }

  /**
   * Reads the script of one of its crash points.
   *
   * @throws StackException if there is none of that name
   */
  public String crashScript(String point) {
    String path = Systems.folder(name) + "/" + crashScriptPath(point);
    try (InputStream script = SystemDescription.class.getClassLoader().getResourceAsStream(path)) {
      return new String(
          Optional.ofNullable(script)
              .orElseThrow(() -> new StackException("There is no " + path + "."))
              .readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Where the script of a crash point is, relative to the description. */
  static String crashScriptPath(String point) {
    return "crash/" + point + ".btm";
  }

  @Override
  public String toString() {
    return name;
  }

  private static void requireService(String name) {
    if (!SERVICES.contains(name)) {
      throw new StackException(
          "there is no service %s; there are: %s.".formatted(name, String.join(", ", SERVICES)));
    }
  }

  private static void require(Object value, String key) {
    if (value == null
        || value instanceof String text && text.isBlank()
        || value instanceof List<?> list && list.isEmpty()) {
      throw new StackException(key + " is missing.");
    }
  }
}
