package org.ticketing.experiments.crash;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ticketing.experiments.relay.Relay;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.process.Parallel;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.server.Servers;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemDescription.ProcessDescription;
import org.ticketing.stack.system.SystemOptions;
import org.ticketing.stack.system.TicketingSystem;

/**
 * A running system into which faults can be injected: each of its processes and servers can be
 * killed and restarted, and its participants and its coordinator are called through relays.
 */
final class TargetSystem implements Closeable {

  private final LocalStack stack;
  private final TicketingSystem system;
  private final Map<String, Relay> relays;

  private TargetSystem(LocalStack stack, TicketingSystem system, Map<String, Relay> relays) {
    this.stack = stack;
    this.system = system;
    this.relays = relays;
  }

  /**
   * Starts a system whose processes call each other and its coordinator through relays.
   *
   * @param properties of its processes, besides those the system describes
   */
  static TargetSystem start(
      LocalStack stack, SystemDescription description, Map<String, String> properties)
      throws IOException {
    Map<String, Relay> relays = new LinkedHashMap<>();
    try {
      Map<String, Integer> detours = new LinkedHashMap<>();
      for (String callee : relayed(description)) {
        Relay relay = new Relay();
        relays.put(callee, relay);
        detours.put(callee, relay.port());
      }
      for (String server : description.servers()) {
        relays.get(server).forwardTo(stack.server(server).process().port());
      }
      TicketingSystem system =
          stack.start(
              description, SystemOptions.NONE.withProperties(properties).withDetours(detours));
      TargetSystem target = new TargetSystem(stack, system, relays);
      relays.forEach((name, relay) -> relay.forwardTo(target.process(name).port()));
      return target;
    } catch (IOException | RuntimeException failure) {
      relays.values().forEach(Relay::close);
      throw failure;
    }
  }

  /** The processes and servers that are called through a relay, by name. */
  static List<String> relayed(SystemDescription system) {
    return Stream.concat(system.participants().stream(), system.servers().stream()).toList();
  }

  /** Everything that can be killed, by name. */
  static List<String> killable(SystemDescription system) {
    return Stream.of(
            system.processNames(),
            system.processes().stream().map(ProcessDescription::database).distinct().toList(),
            system.servers())
        .flatMap(List::stream)
        .toList();
  }

  TicketingSystem system() {
    return system;
  }

  /** The process or server of that name. */
  StackProcess process(String name) {
    return isServer(name) ? stack.server(name).process() : system.process(name);
  }

  /** The relay before the process or server of that name. */
  Relay relay(String name) {
    return relays.get(name);
  }

  private boolean isServer(String name) {
    return system.description().allServers().contains(name);
  }

  /** Sends SIGKILL to all of them, and returns when they are gone. */
  void kill(List<String> names) {
    inParallel(
        names,
        name -> {
          process(name).kill();
          if (relays.containsKey(name)) {
            relays.get(name).down();
          }
        });
  }

  /**
   * Restarts them on their data, and returns when all are ready. Databases come first, because
   * services do not start without them.
   */
  void restart(List<String> names) {
    Map<Integer, List<String>> ranks = new TreeMap<>();
    for (String name : names) {
      int rank = !isServer(name) ? 2 : Servers.isDatabase(name) ? 0 : 1;
      ranks.computeIfAbsent(rank, first -> new ArrayList<>()).add(name);
    }
    ranks.values().forEach(rank -> inParallel(rank, this::restart));
  }

  private void restart(String name) {
    process(name).restart();
    openRelay(name);
  }

  /** Restarts a coordinator that has been killed without its store. */
  void restartEmpty(String name) {
    stack.server(name).restartEmpty();
    openRelay(name);
  }

  private void openRelay(String name) {
    if (relays.containsKey(name)) {
      relays.get(name).up();
    }
  }

  private static void inParallel(List<String> names, Consumer<String> work) {
    Parallel.run(
        names.size(),
        names.stream()
            .<Callable<Void>>map(
                name ->
                    () -> {
                      work.accept(name);
                      return null;
                    })
            .toList());
  }

  @Override
  public void close() {
    relays.values().forEach(Relay::close);
    system.close();
  }
}
