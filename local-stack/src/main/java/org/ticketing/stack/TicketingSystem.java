package org.ticketing.stack;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** One of the five systems: its service processes, each with a database of its own. */
public final class TicketingSystem implements AutoCloseable {

  private static final long END_SECONDS = 5;

  private final LocalStack stack;
  private final Run run;
  private final Variant variant;
  private final Map<String, JdbcAccess> databases = new LinkedHashMap<>();
  private final Map<String, StackProcess> processes = new LinkedHashMap<>();
  private final Set<JdbcAccess> dropped = new HashSet<>();
  private ServiceLaunch launch;
  private Map<String, String> properties;
  private boolean closed;

  TicketingSystem(LocalStack stack, Run run, Variant variant) {
    this.stack = stack;
    this.run = run;
    this.variant = variant;
  }

  public Variant variant() {
    return variant;
  }

  /** All of them, in the order of {@link Variant#processes()}; then further instances. */
  public Collection<StackProcess> processes() {
    return List.copyOf(processes.values());
  }

  /**
   * The process of that name, or the one that hosts the service of that name.
   *
   * @throws StackException if there is none
   */
  public StackProcess process(String name) {
    return processes.get(variant.role(name).process());
  }

  /** The root of the HTTP API of a service. */
  public String url(String service) {
    return process(service).url();
  }

  /** The database of a service, shared with the other services of its process. */
  public JdbcAccess database(String service) {
    return databases.get(variant.role(service).process());
  }

  /** Its key material. */
  public SystemKeys keys() {
    return stack.keys();
  }

  /** Begins the identifiers of its global transactions where its coordinator is its own. */
  public String coordinatorName() {
    return ServiceLaunch.coordinatorName(run, variant);
  }

  /** Ends the processes, then drops their databases and data; logs stay. Idempotent. */
  @Override
  public synchronized void close() {
    if (closed || run.children().isClosed()) {
      return; // A stack that closes ends its systems itself.
    }
    closed = true;
    stack.forget(this);
    endProcesses();
    dropDatabases(server -> stack.database(server).isReachable());
    for (StackProcess process : processes.values()) {
      run.ports().release(process.port());
      run.directory().deleteData(process.name());
    }
  }

  /** Creates the databases and starts the processes. To be closed if it throws. */
  void start(Map<String, String> properties, Set<String> debugged) {
    Map<ProcessRole, Integer> ports = new LinkedHashMap<>();
    for (ProcessRole role : variant.roles()) {
      ports.put(role, stack.servicePort(ports.size()));
    }
    this.properties = properties;
    launch =
        new ServiceLaunch(
            run, variant, ports, stack.keys(), stack.seataIfAny(), stack.startCache(), debugged);
    ports.forEach(
        (role, port) -> {
          JdbcAccess database = createDatabase(role);
          processes.put(role.process(), launch.prepare(role, database, properties));
        });
    run.progress("starting " + variant.id());
    Parallel.run(
        Parallel.WIDTH,
        processes.values().stream()
            .<Callable<Void>>map(
                process ->
                    () -> {
                      process.start();
                      return null;
                    })
            .toList());
  }

  /**
   * Starts one more instance of the process of that name, or of the one that hosts the service of
   * that name, on the same database. The other services go on calling the first.
   */
  public StackProcess startAnother(String name) {
    ProcessRole role = variant.role(name);
    StackProcess another;
    synchronized (this) {
      int number = 2;
      while (processes.containsKey(role.process() + "-" + number)) {
        number++;
      }
      another =
          launch.prepareAnother(
              role, number, run.ports().any(), databases.get(role.process()), properties);
      processes.put(role.process() + "-" + number, another);
    }
    another.start();
    return another;
  }

  /** Pauses all its processes; see {@link StackProcess#pause}. */
  public void pause() {
    processes().forEach(StackProcess::pause);
  }

  /** Lets all its processes go on. */
  public void resume() {
    processes().forEach(StackProcess::resume);
  }

  void endProcesses() {
    processes.values().forEach(StackProcess::expectEnd);
    run.children()
        .end(
            processes.values().stream().flatMap(process -> process.current().stream()).toList(),
            "TERM",
            END_SECONDS);
  }

  /** Those on servers that end with the stack are deleted with the servers' data. */
  synchronized void dropDatabasesElsewhere() {
    dropDatabases(server -> stack.database(server).isElsewhere());
  }

  private void dropDatabases(Predicate<Server> on) {
    for (ProcessRole role : variant.roles()) {
      JdbcAccess database = databases.get(role.process());
      if (database != null && on.test(role.server()) && dropped.add(database)) {
        stack.database(role.server()).dropDatabase(database, run.id());
      }
    }
  }

  /** Not once the stack closes: nobody would drop it any more. */
  private synchronized JdbcAccess createDatabase(ProcessRole role) {
    if (run.children().isClosed()) {
      throw new StackClosedException();
    }
    JdbcAccess database = stack.database(role.server()).createDatabase(databaseName(role));
    databases.put(role.process(), database);
    return database;
  }

  private String databaseName(ProcessRole role) {
    return variant == Variant.MONOLITH ? variant.id() : variant.id() + "_" + role.process();
  }
}
