package org.ticketing.stack.system;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.ticketing.stack.process.Parallel;
import org.ticketing.stack.process.StackClosedException;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.run.Run;
import org.ticketing.stack.server.DatabaseServer;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.stack.server.Server;
import org.ticketing.stack.system.SystemDescription.InDoubtQuery;
import org.ticketing.stack.system.SystemDescription.ProcessDescription;

/** A running system: its service processes, each with a database of its own. */
public final class TicketingSystem implements AutoCloseable {

  private static final long END_SECONDS = 5;

  private final Host host;
  private final Run run;
  private final SystemDescription description;
  private final Map<String, JdbcAccess> databases = new LinkedHashMap<>();
  private final Map<String, StackProcess> processes = new LinkedHashMap<>();
  private final Set<JdbcAccess> dropped = new HashSet<>();
  private ServiceLaunch launch;
  private boolean closed;

  /** A system that has not been started yet. */
  public TicketingSystem(Host host, SystemDescription description) {
    this.host = host;
    this.run = host.run();
    this.description = description;
  }

  public SystemDescription description() {
    return description;
  }

  /** The system's name. */
  public String name() {
    return description.name();
  }

  /** Its processes in the order of the description, then further instances and the tracker. */
  public Collection<StackProcess> processes() {
    return List.copyOf(processes.values());
  }

  /**
   * The process of that name, or the one that hosts the service of that name.
   *
   * @throws StackException if there is none
   */
  public StackProcess process(String name) {
    return processes.get(description.process(name).name());
  }

  /** The root of the HTTP API of a service. */
  public String url(String service) {
    return process(service).url();
  }

  /** The database of a service, shared with the other services of its process. */
  public JdbcAccess database(String service) {
    return databases.get(description.process(service).name());
  }

  /** The command, with the password, that opens a service's database in a terminal. */
  public String clientCommand(String service) {
    return host.servers()
        .database(description.process(service).database())
        .clientCommand(database(service));
  }

  /** Its key material. */
  public SystemKeys keys() {
    return host.keys();
  }

  /** The queries for what its protocol has left in doubt, with their placeholders replaced. */
  public List<InDoubtQuery> inDoubtQueries() {
    return description.inDoubt(ServiceLaunch.coordinatorName(run, description));
  }

  /**
   * Counts what a server beside its databases has not finished of its payments: the global
   * transactions of one that coordinates them, and the messages that nobody has read of one that
   * carries them.
   *
   * @param server one of those that the description names
   * @throws StackException if it does not answer
   */
  public long unfinishedTransactions(String server) {
    String application = description.fullName(description.process(SystemDescription.PAYMENT));
    Server asked = host.servers().named(server);
    return asked.unfinishedTransactions(application) + asked.unreadMessages(launch.systemName());
  }

  /** Ends the processes, then drops their databases and data; logs stay. Idempotent. */
  @Override
  public synchronized void close() {
    if (closed || run.children().isClosed()) {
      return; // A stack that closes ends its systems itself.
    }
    closed = true;
    host.forget(this);
    endProcesses();
    dropDatabases(DatabaseServer::isReachable);
    for (StackProcess process : processes.values()) {
      run.ports().release(process.port());
      run.directory().deleteData(process.name());
    }
  }

  /**
   * Creates the databases and starts the processes. The system has to be closed even if this fails.
   *
   * @throws StackException if a process does not become ready
   */
  public void start(SystemOptions options) {
    Map<ProcessDescription, Integer> ports = new LinkedHashMap<>();
    for (ProcessDescription process : description.processes()) {
      ports.put(process, host.servicePort(ports.size()));
    }
    launch = new ServiceLaunch(host, description, options, ports);
    for (ProcessDescription process : description.processes()) {
      processes.put(process.name(), launch.prepare(process, createDatabase(process)));
    }
    run.progress("starting " + name());
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
   * that name, on the same database. The other services continue to call the first, unless {@link
   * SharedAddresses} lead them to both.
   */
  public StackProcess startAnother(String name) {
    ProcessDescription process = description.process(name);
    StackProcess another;
    synchronized (this) {
      int number = 2;
      while (processes.containsKey(process.name() + "-" + number)) {
        number++;
      }
      another =
          launch.prepareAnother(process, number, run.ports().any(), databases.get(process.name()));
      processes.put(process.name() + "-" + number, another);
    }
    another.start();
    return another;
  }

  /**
   * Starts the process with the page of operators beside it. It takes the port after those of the
   * processes of the description, if ports are given.
   *
   * @throws StackException if it does not become ready
   */
  public StackProcess startTracker() {
    StackProcess tracker = launch.prepareTracker(host.servicePort(description.processes().size()));
    synchronized (this) {
      processes.put(ServiceLaunch.TRACKER, tracker);
    }
    run.progress("starting the tracker of " + name());
    tracker.start();
    return tracker;
  }

  /** Pauses all its processes; see {@link StackProcess#pause}. */
  public void pause() {
    processes().forEach(StackProcess::pause);
  }

  /** Lets all its processes go on. */
  public void resume() {
    processes().forEach(StackProcess::resume);
  }

  /** Ends its processes, but keeps its databases: the first half of {@link #close}. */
  public void endProcesses() {
    processes.values().forEach(StackProcess::expectEnd);
    run.children()
        .end(
            processes.values().stream().flatMap(process -> process.current().stream()).toList(),
            "TERM",
            END_SECONDS);
  }

  /** Drops its databases on servers that run elsewhere. The others go with their servers' data. */
  public synchronized void dropDatabasesElsewhere() {
    dropDatabases(DatabaseServer::isElsewhere);
  }

  private void dropDatabases(Predicate<DatabaseServer> on) {
    for (ProcessDescription process : description.processes()) {
      JdbcAccess database = databases.get(process.name());
      DatabaseServer server = host.servers().database(process.database());
      if (database != null && on.test(server) && dropped.add(database)) {
        server.dropDatabase(database, run.id());
      }
    }
  }

  /** Creates a process's database, unless the stack closes, which would not drop it any more. */
  private synchronized JdbcAccess createDatabase(ProcessDescription process) {
    if (run.children().isClosed()) {
      throw new StackClosedException();
    }
    JdbcAccess database =
        host.servers()
            .database(process.database())
            .createDatabase(description.fullName(process).replace('-', '_'));
    databases.put(process.name(), database);
    return database;
  }
}
