package org.ticketing.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Real servers on loopback with durable settings, and systems running on them, for as long as the
 * stack is open. Whatever ends this JVM ends them too.
 *
 * <p>{@link #close} may be called at any moment and from any thread, also by a shutdown hook while
 * another thread starts servers or a system; that thread then gets a {@link StackClosedException}.
 */
public final class LocalStack implements AutoCloseable {

  private final StackOptions options;
  private final Run run;
  private final SystemKeys keys = SystemKeys.generate();
  private final Map<Server, DatabaseServer> databases = new EnumMap<>(Server.class);
  private final List<TicketingSystem> systems = new ArrayList<>();
  private final Object training = new Object();
  private SeataServer seata;
  private StartCache startCache;
  private boolean closed;

  private LocalStack(StackOptions options) {
    this.options = options;
    this.run = new Run(options);
  }

  /**
   * Starts the servers the options name.
   *
   * @throws StackException if that is not possible; nothing is left running
   */
  public static LocalStack start(StackOptions options) {
    LocalStack stack = prepare(options);
    stack.startServers();
    return stack;
  }

  /** A stack without servers yet, so that it can be handed to a shutdown hook before they start. */
  public static LocalStack prepare(StackOptions options) {
    return new LocalStack(options);
  }

  /** Starts the servers the options name. Closes the stack if that is not possible. */
  public void startServers() {
    try {
      Parallel.run(Parallel.WIDTH, options.servers().stream().sorted().map(this::starter).toList());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts a system on fresh databases.
   *
   * @throws StackException if a process does not become ready; none of its processes is left
   */
  public TicketingSystem start(Variant variant) {
    return start(variant, Map.of());
  }

  /** Starts a system; the properties are given to each of its processes in addition. */
  public TicketingSystem start(Variant variant, Map<String, String> properties) {
    return start(variant, properties, Set.of());
  }

  /**
   * Starts a system, likewise.
   *
   * @param debugged names of its processes that a debugger can attach to, each at its {@link
   *     StackProcess#debugPort}; whoever reaches it can run code in them
   */
  public TicketingSystem start(
      Variant variant, Map<String, String> properties, Set<String> debugged) {
    for (Server server : variant.servers()) {
      if (!options.servers().contains(server)) {
        throw new StackException(
            "%s needs a server this stack was started without: %s."
                .formatted(variant.id(), server.label()));
      }
    }
    var system = new TicketingSystem(this, run, variant);
    remember(system);
    try {
      system.start(properties, debugged);
      return system;
    } catch (RuntimeException e) {
      try {
        system.close();
      } catch (RuntimeException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
  }

  /** PostgreSQL. */
  public DatabaseServer postgres() {
    return database(Server.POSTGRES);
  }

  /** MariaDB, or the MySQL that runs elsewhere. */
  public DatabaseServer mysql() {
    return database(Server.MYSQL);
  }

  /** The Seata server. */
  public SeataServer seata() {
    return seataIfAny().orElseThrow(() -> notStarted(Server.SEATA));
  }

  /** The process of a server; none where it runs elsewhere or was not asked for. */
  public synchronized Optional<StackProcess> processOf(Server server) {
    return server == Server.SEATA
        ? seataIfAny().map(SeataServer::process)
        : Optional.ofNullable(databases.get(server))
            .filter(database -> !database.isElsewhere())
            .map(DatabaseServer::process);
  }

  /** What the servers answered when asked whether commits survive a crash. */
  public synchronized List<Durability> durability() {
    List<Durability> answers = new ArrayList<>();
    databases.values().forEach(server -> answers.add(server.durability()));
    if (seata != null) {
      answers.add(seata.durability());
    }
    return answers;
  }

  /** Completes when a process ends although neither {@code kill} nor {@code close} asked for it. */
  public CompletableFuture<ProcessDeath> unexpectedDeath() {
    return run.death().copy();
  }

  /** What runs the services and the Seata server. */
  public Jdk jdk() {
    return run.jdk();
  }

  /** The folder of this run, where logs are and where results may be put. */
  public Path directory() {
    return run.directory().path();
  }

  /** Ends everything and deletes the data; logs stay. Idempotent; waits for a close under way. */
  @Override
  public void close() {
    run.children().refuseStarts();
    synchronized (run) {
      if (closed) {
        return;
      }
      closed = true;
      try {
        closeSystems();
      } finally {
        run.close();
      }
    }
  }

  synchronized DatabaseServer database(Server server) {
    DatabaseServer database = databases.get(server);
    if (database == null) {
      throw notStarted(server);
    }
    return database;
  }

  synchronized Optional<SeataServer> seataIfAny() {
    return Optional.ofNullable(seata);
  }

  /** Made by the first system that starts; the others wait for it. */
  StartCache startCache() {
    DatabaseServer postgres = database(Server.POSTGRES);
    synchronized (training) {
      if (startCache == null) {
        StartCache cache = StartCache.of(run);
        cache.prepare(new TrainingRun(run, keys, postgres)::play);
        startCache = cache;
      }
      return startCache;
    }
  }

  int servicePort(int index) {
    return options.firstServicePort().isPresent()
        ? run.ports().exactly(options.firstServicePort().getAsInt() + index)
        : run.ports().any();
  }

  /** Made for this stack alone, the same for all its systems. */
  public SystemKeys keys() {
    return keys;
  }

  synchronized void forget(TicketingSystem system) {
    systems.remove(system);
  }

  private synchronized void remember(TicketingSystem system) {
    systems.add(system);
  }

  private void closeSystems() {
    List<TicketingSystem> remaining;
    synchronized (this) {
      remaining = List.copyOf(systems);
    }
    remaining.forEach(TicketingSystem::endProcesses);
    remaining.forEach(TicketingSystem::dropDatabasesElsewhere);
  }

  private Callable<Void> starter(Server server) {
    return () -> {
      switch (server) {
        case POSTGRES ->
            add(
                server,
                options
                    .postgres()
                    .map(access -> PostgresqlServer.elsewhere(access, run.id() + "_"))
                    .orElseGet(() -> PostgresqlServer.start(run)));
        case MYSQL ->
            add(
                server,
                options
                    .mysql()
                    .map(access -> MysqlServer.elsewhere(access, run.id() + "_"))
                    .orElseGet(() -> MysqlServer.start(run)));
        case SEATA -> add(SeataServer.start(run));
      }
      return null;
    };
  }

  private synchronized void add(Server server, DatabaseServer database) {
    databases.put(server, database);
  }

  private synchronized void add(SeataServer server) {
    seata = server;
  }

  private static StackException notStarted(Server server) {
    return new StackException(server.label() + " is not part of this stack.");
  }
}
