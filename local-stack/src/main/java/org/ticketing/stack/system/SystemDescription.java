package org.ticketing.stack.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.server.Servers;

/**
 * What a system says about itself, in the file {@code systems/<name>/system.yaml} that it brings
 * along; nothing else knows a system by its name. The keys of the file are the names of these
 * components, in lower case with hyphens.
 *
 * @param name used in commands, file names and database names; that of the file's folder
 * @param title what the system is, in one line
 * @param order of the systems in tables: the lowest comes first
 * @param module the folder of the Maven module that its processes are started from
 * @param mainClass of the processes that take part in payments
 * @param processes in the order in which ports are given to them
 * @param servers the servers it needs besides those of its databases
 * @param properties given to every process that takes part in payments; see {@link Placeholders}
 * @param keepsPromise whether every payment happens wholly or not at all, also through crashes; who
 *     does not keep it is not waited for
 * @param violatesOnLateRefusal whether a late refusal leaves a payment half made
 * @param yardstick whether ratios are taken to this system; one system is
 * @param longestTimer of the protocol, after which nothing moves any more by itself; zero without
 *     timers
 * @param inDoubt how to ask its databases for what its protocol has left in doubt
 * @param libraries whose versions belong to its results
 * @param crashPoints the names of its crash points, in the order in which the protocol passes them;
 *     their scripts are {@code systems/<name>/crash/<point>.btm}
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
    boolean keepsPromise,
    boolean violatesOnLateRefusal,
    boolean yardstick,
    Duration longestTimer,
    List<InDoubtQuery> inDoubt,
    List<Library> libraries,
    List<String> crashPoints) {

  /**
   * One process: the services it hosts on its one database.
   *
   * @param database the kind of server that its database is on
   * @param module where it is started from, if it takes no part in payments and knows no protocol
   * @param mainClass likewise
   */
  public record ProcessDescription(
      String name, String database, List<String> services, String module, String mainClass) {

    public ProcessDescription {
      require(name, "name");
      require(database, "database");
      require(services, "services");
      if (!Servers.isDatabase(database)) {
        throw new StackException(database + " is no database server.");
      }
      services = List.copyOf(services);
    }

    /** Those that do not take part in payments are the same program in every system. */
    public boolean takesPartInPayments() {
      return module == null;
    }
  }

  /**
   * A query whose rows are what the protocol has left in doubt.
   *
   * @param what the rows are, such as {@code branches prepared}
   * @param service in whose database it is asked
   * @param column by which to tell the system's own rows from others', if the query cannot
   * @param prefix with which that column begins in the system's own rows; may have placeholders
   */
  public record InDoubtQuery(
      String what, String service, String query, String column, String prefix) {

    public InDoubtQuery {
      require(what, "what");
      require(service, "service");
      require(query, "query");
    }

    InDoubtQuery with(Map<String, String> values) {
      return prefix == null
          ? this
          : new InDoubtQuery(what, service, query, column, Placeholders.replace(prefix, values));
    }
  }

  /**
   * A library that makes the difference.
   *
   * @param name as its users know it
   * @param artifact with which the name of its jar begins
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
    if (!name.matches("[a-z][a-z0-9]*")) {
      throw new StackException("the name must be of lower case letters and digits.");
    }
    processes = List.copyOf(processes);
    servers = servers == null ? List.of() : List.copyOf(servers);
    servers.forEach(Servers::label);
    properties = properties == null ? Map.of() : Map.copyOf(properties);
    longestTimer = longestTimer == null ? Duration.ZERO : longestTimer;
    inDoubt = inDoubt == null ? List.of() : List.copyOf(inDoubt);
    libraries = libraries == null ? List.of() : List.copyOf(libraries);
    crashPoints = crashPoints == null ? List.of() : List.copyOf(crashPoints);
    Set<String> names = new HashSet<>();
    for (ProcessDescription process : processes) {
      for (String service : process.services()) {
        if (!names.add(service)) {
          throw new StackException(service + " is hosted twice.");
        }
      }
    }
  }

  /** The names of its processes, in the order ports are given to them. */
  public List<String> processNames() {
    return processes.stream().map(ProcessDescription::name).toList();
  }

  /** The names of all servers it needs. */
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

  /** The processes that the payment process calls to have its payments made. */
  public List<String> participants() {
    return isOneProcess()
        ? List.of()
        : processes.stream()
            .filter(ProcessDescription::takesPartInPayments)
            .filter(process -> !process.services().contains("payment"))
            .map(ProcessDescription::name)
            .toList();
  }

  /** What a process runs. */
  Program program(ProcessDescription process) {
    return process.takesPartInPayments()
        ? new Program(module, mainClass)
        : new Program(process.module(), process.mainClass());
  }

  /** The name of a process among those of all systems. */
  String fullName(ProcessDescription process) {
    return isOneProcess() ? name : name + "-" + process.name();
  }

  /**
   * The script of one of its crash points.
   *
   * @throws StackException if the system does not bring it along
   */
  public String crashScript(String point) {
    String path = "%s/crash/%s.btm".formatted(Systems.folder(name), point);
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

  @Override
  public String toString() {
    return name;
  }

  private static void require(Object value, String key) {
    if (value == null
        || value instanceof String text && text.isBlank()
        || value instanceof List<?> list && list.isEmpty()) {
      throw new StackException(key + " is missing.");
    }
  }
}
