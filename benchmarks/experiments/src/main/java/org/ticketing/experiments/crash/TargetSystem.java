package org.ticketing.experiments.crash;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ticketing.experiments.relay.Relay.Treatment;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.process.Parallel;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.stack.server.Servers;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemDescription.ProcessDescription;
import org.ticketing.stack.system.SystemOptions;
import org.ticketing.stack.system.TicketingSystem;

/**
 * A running system into which faults can be injected: each of its processes and servers can be
 * killed and restarted, and all of them reach each other through relays.
 */
public final class TargetSystem implements Closeable {

  private final LocalStack stack;
  private final TicketingSystem system;
  private final Network network;
  private final String payments;

  private TargetSystem(LocalStack stack, TicketingSystem system, Network network) {
    this.stack = stack;
    this.system = system;
    this.network = network;
    StackProcess payment = system.process("payment");
    int port =
        network.portFor(
            Network.CLIENT, system.description().process("payment").name(), payment.port());
    this.payments = "http://127.0.0.1:" + port;
  }

  /**
   * Starts a system.
   *
   * @param properties of its processes, besides those the system describes
   */
  static TargetSystem start(
      LocalStack stack, SystemDescription description, Map<String, String> properties) {
    Network network = new Network();
    try {
      TicketingSystem system =
          stack.start(
              description, SystemOptions.NONE.withProperties(properties).withDetours(network));
      return new TargetSystem(stack, system, network);
    } catch (RuntimeException failure) {
      network.close();
      throw failure;
    }
  }

  /** Everything that can be killed, by name. */
  public static List<String> killable(SystemDescription system) {
    return Stream.of(
            system.processNames(),
            system.processes().stream().map(ProcessDescription::database).distinct().toList(),
            system.servers())
        .flatMap(List::stream)
        .toList();
  }

  public TicketingSystem system() {
    return system;
  }

  /** The root of the payment service's API, as the client reaches it. */
  public String paymentUrl() {
    return payments;
  }

  /** The process or server of that name. */
  StackProcess process(String name) {
    return isServer(name) ? stack.server(name).process() : system.process(name);
  }

  /** The clock of the process or server of that name, which is a JVM. */
  RunningClock clock(String name) {
    return new RunningClock(process(name), stack.directory());
  }

  Network network() {
    return network;
  }

  /** The databases of all processes, without a detour. */
  List<JdbcAccess> databases() {
    return system.description().processNames().stream().map(system::database).toList();
  }

  /** Whether it has a server of that name, which other systems of its stack may share. */
  boolean isServer(String name) {
    return system.description().allServers().contains(name);
  }

  /** Sends SIGKILL to all of them, and returns when they are gone. */
  void kill(List<String> names) {
    inParallel(
        names,
        name -> {
          process(name).kill();
          network.down(name);
        });
  }

  /** Like {@link #kill}, but what was connected to them, or connects now, is not told. */
  void vanish(List<String> names) {
    names.forEach(name -> silence(name, Treatment.SWALLOW));
    inParallel(names, name -> process(name).kill());
  }

  /**
   * Restarts on their data what has vanished, and returns when all are ready. What was connected to
   * them is told now.
   */
  void reappear(List<String> names) {
    names.forEach(name -> silence(name, Treatment.FORWARD));
    kill(names);
    restart(names);
  }

  private void silence(String name, Treatment treatment) {
    network.treat(Network.EVERYBODY, name, treatment);
    network.treat(name, Network.EVERYBODY, treatment);
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
    network.up(name);
  }

  /** Restarts a coordinator that has been killed, without its store. */
  void restartEmpty(String name) {
    stack.server(name).restartEmpty();
    network.up(name);
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
    network.close();
    system.close();
  }
}
