package org.ticketing.stack.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ticketing.stack.process.Parallel;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.run.Run;

/** The servers of one stack, by name. */
public final class Servers {

  private static final List<ServerLauncher> LAUNCHERS =
      ServiceLoader.load(ServerLauncher.class, Servers.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private final Map<String, Server> running = new LinkedHashMap<>();

  /**
   * The name that users know a server by.
   *
   * @throws StackException if there is no server of that name
   */
  public static String label(String name) {
    return launcher(name).label();
  }

  /** The name under which what a server has not finished is counted. */
  public static String unfinishedAt(String name) {
    return launcher(name).kind() == Server.Kind.BROKER
        ? "messages of the %s not read".formatted(label(name))
        : "transactions of the " + label(name);
  }

  /** Whether there is a database server of that name. */
  public static boolean isDatabase(String name) {
    return launcher(name).kind() == Server.Kind.DATABASE;
  }

  /** Whether the server of that name coordinates global transactions. */
  public static boolean isCoordinator(String name) {
    return launcher(name).kind() == Server.Kind.COORDINATOR;
  }

  /** Whether this project changes the server of that name, so that it can also run as shipped. */
  public static boolean isChanged(String name) {
    return launcher(name).asShipped().isPresent();
  }

  /**
   * Starts servers, several at once.
   *
   * @param asShipped the names of those to start without what this project changes of them
   * @param elsewhere access to the database servers that run already, by name
   * @throws StackException if one of them cannot be started
   */
  public void start(
      Run run, Set<String> names, Set<String> asShipped, Map<String, JdbcAccess> elsewhere) {
    Parallel.run(
        Parallel.WIDTH,
        LAUNCHERS.stream()
            .filter(launcher -> names.contains(launcher.name()))
            .map(launcher -> asShipped.contains(launcher.name()) ? asShipped(launcher) : launcher)
            .<Callable<Void>>map(
                launcher ->
                    () -> {
                      add(launcher.start(run, Optional.ofNullable(elsewhere.get(launcher.name()))));
                      return null;
                    })
            .toList());
  }

  /**
   * Checks what the servers answered when they were asked about their durability.
   *
   * @param asShipped the names of those that were asked for as they are, and are not checked
   * @throws StackException one of the others may lose commits that it has acknowledged
   */
  public void requireDurable(Set<String> asShipped) {
    for (Server server : all()) {
      List<String> shortcomings = server.durability().shortcomings();
      if (!shortcomings.isEmpty() && !asShipped.contains(server.name())) {
        throw new StackException(
            "%s cannot be used: %s.".formatted(server, String.join(", ", shortcomings)));
      }
    }
  }

  /**
   * A running server.
   *
   * @throws StackException if this stack has none of that name
   */
  public synchronized Server named(String name) {
    Server server = running.get(name);
    if (server == null) {
      throw new StackException(label(name) + " is not part of this stack.");
    }
    return server;
  }

  /** A running database server; see {@link #named}. */
  public DatabaseServer database(String name) {
    return (DatabaseServer) named(name);
  }

  /** All running servers. */
  public synchronized Collection<Server> all() {
    return new ArrayList<>(running.values());
  }

  private synchronized void add(Server server) {
    running.put(server.name(), server);
  }

  private static ServerLauncher asShipped(ServerLauncher launcher) {
    return launcher.asShipped().orElse(launcher);
  }

  private static ServerLauncher launcher(String name) {
    return LAUNCHERS.stream()
        .filter(launcher -> launcher.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new StackException(
                    "There is no server %s; there are: %s."
                        .formatted(
                            name,
                            LAUNCHERS.stream()
                                .map(ServerLauncher::name)
                                .collect(Collectors.joining(", ")))));
  }
}
