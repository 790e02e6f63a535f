package org.ticketing.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.ticketing.stack.process.ProcessDeath;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.run.Jdk;
import org.ticketing.stack.run.Run;
import org.ticketing.stack.server.DatabaseServer;
import org.ticketing.stack.server.Durability;
import org.ticketing.stack.server.DurabilityProbe;
import org.ticketing.stack.server.Server;
import org.ticketing.stack.server.Servers;
import org.ticketing.stack.system.Host;
import org.ticketing.stack.system.StartCache;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.stack.system.SystemOptions;
import org.ticketing.stack.system.TicketingSystem;

/**
 * Real servers on the loopback interface with durable settings, and systems that run on them, for
 * as long as the stack is open. Whatever ends this JVM ends them too.
 *
 * <p>{@link #close} may be called at any moment and from any thread, also by a shutdown hook while
 * another thread starts servers or a system; that thread then gets a {@link StackClosedException}.
 */
public final class LocalStack implements AutoCloseable {

  private final StackOptions options;
  private final Run run;
  private final Servers servers = new Servers();
  private final SystemKeys keys = SystemKeys.generate();
  private final List<TicketingSystem> systems = new ArrayList<>();
  private final Object training = new Object();
  private StartCache startCache;
  private boolean closed;

  private LocalStack(StackOptions options) {
    this.options = options;
    this.run =
        new Run(
            options.home(),
            options.jvmOptions(),
            options.acceptsRules(),
            options.programs(),
            options.progress());
  }

  /**
   * Starts the servers that the options name.
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

  /**
   * Starts the servers that the options name.
   *
   * @throws StackException if that is not possible; the stack is then closed
   */
  public void startServers() {
    try {
      servers.start(run, options.servers(), options.asShipped(), options.elsewhere());
      if (!options.isUnsafe()) {
        servers.requireDurable(options.asShipped());
      }
      if (!options.servers().isEmpty()) {
        run.progress(
            "servers: "
                + durability().stream()
                    .map(Durability::server)
                    .sorted()
                    .collect(Collectors.joining(", ")));
      }
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
  public TicketingSystem start(SystemDescription system) {
    return start(system, SystemOptions.NONE);
  }

  /**
   * Starts a system on fresh databases, in other ways than its description alone says.
   *
   * @throws StackException if a process does not become ready; none of its processes is left
   */
  public TicketingSystem start(SystemDescription description, SystemOptions systemOptions) {
    for (String server : description.allServers()) {
      if (!options.servers().contains(server)) {
        throw new StackException(
            "%s needs a server this stack was started without: %s."
                .formatted(description.name(), Servers.label(server)));
      }
    }
    var system = new TicketingSystem(new SystemHost(), description);
    remember(system);
    try {
      system.start(systemOptions);
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
    return servers.database("postgresql");
  }

  /** MariaDB, or the MySQL that takes its place. */
  public DatabaseServer mysql() {
    return servers.database("mysql");
  }

  /**
   * A server, by its name in descriptions.
   *
   * @throws StackException if it is not part of this stack
   */
  public Server server(String name) {
    return servers.named(name);
  }

  /** All servers that run. */
  public Collection<Server> servers() {
    return servers.all();
  }

  /** The names of the libraries and servers that run without what this project changes of them. */
  public Set<String> asShipped() {
    return options.asShipped();
  }

  /** What the servers answered when asked whether commits survive a crash. */
  public List<Durability> durability() {
    return servers.all().stream().map(Server::durability).toList();
  }

  /**
   * Counts how often each database server forces its log while one connection commits. See {@link
   * DurabilityProbe#require}.
   *
   * @throws StackException if a server does not answer
   */
  public List<DurabilityProbe> probeDurability(int commits) {
    return servers.all().stream()
        .filter(server -> server.kind() == Server.Kind.DATABASE)
        .map(server -> servers.database(server.name()).probe(commits))
        .toList();
  }

  /** Completes when a process ends although nobody has asked it to. */
  public CompletableFuture<ProcessDeath> unexpectedDeath() {
    return run.children().unexpectedDeath();
  }

  /** The JDK that runs the services and the servers that are Java programs. */
  public Jdk jdk() {
    return run.jdk();
  }

  /** The folder of this run, which contains the logs, and can be used for results. */
  public Path directory() {
    return run.directory().path();
  }

  /** Ends everything and deletes the data; logs stay. Waits for a close under way. Idempotent. */
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

  /** The key material of all its systems, made for this stack alone. */
  public SystemKeys keys() {
    return keys;
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

  private synchronized void forget(TicketingSystem system) {
    systems.remove(system);
  }

  private final class SystemHost implements Host {

    @Override
    public Run run() {
      return run;
    }

    @Override
    public Servers servers() {
      return servers;
    }

    @Override
    public SystemKeys keys() {
      return keys;
    }

    @Override
    public Set<String> asShipped() {
      return options.asShipped();
    }

    @Override
    public StartCache startCache() {
      DatabaseServer postgres = postgres();
      synchronized (training) {
        if (startCache == null) {
          startCache = StartCache.prepared(run, keys, postgres);
        }
        return startCache;
      }
    }

    @Override
    public int servicePort(int index) {
      return options.firstServicePort().isPresent()
          ? run.ports().exactly(options.firstServicePort().getAsInt() + index)
          : run.ports().any();
    }

    @Override
    public void forget(TicketingSystem system) {
      LocalStack.this.forget(system);
    }
  }
}
