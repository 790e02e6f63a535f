package org.ticketing.experiments.crash;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.ticketing.experiments.relay.Relay;
import org.ticketing.experiments.relay.Relay.Direction;
import org.ticketing.experiments.relay.Relay.Treatment;
import org.ticketing.stack.system.Detours;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemDescription.ProcessDescription;

/**
 * The connections between the client, the processes and the servers of a system. Each that calls
 * another does so through a relay of its own.
 */
final class Network implements Detours, Closeable {

  /** Who sends the payments. */
  static final String CLIENT = "client";

  /** Stands for all others. */
  static final String EVERYBODY = "everybody";

  private final Map<Link, Relay> relays = new ConcurrentHashMap<>();

  private record Link(String caller, String callee) {}

  /**
   * Whether two of a system exchange messages.
   *
   * @param one a process, a server, {@link #CLIENT} or {@link #EVERYBODY}, like the other
   */
  static boolean connects(SystemDescription system, String one, String other) {
    return pairs(system).stream()
        .anyMatch(
            pair ->
                one.equals(EVERYBODY) && pair.contains(other)
                    || other.equals(EVERYBODY) && pair.contains(one)
                    || pair.equals(Set.of(one, other)));
  }

  private static List<Set<String>> pairs(SystemDescription system) {
    List<Set<String>> pairs = new ArrayList<>();
    pairs.add(Set.of(CLIENT, paymentProcess(system)));
    for (ProcessDescription process : system.processes()) {
      pairs.add(Set.of(process.name(), process.database()));
      if (process.takesPartInPayments()) {
        system.servers().forEach(server -> pairs.add(Set.of(process.name(), server)));
      }
      system.processNames().stream()
          .filter(other -> !other.equals(process.name()))
          .forEach(other -> pairs.add(Set.of(process.name(), other)));
    }
    return pairs;
  }

  private static String paymentProcess(SystemDescription system) {
    return system.process("payment").name();
  }

  @Override
  public int portFor(String caller, String callee, int port) {
    return relays.computeIfAbsent(new Link(caller, callee), link -> relayTo(port)).port();
  }

  private static Relay relayTo(int port) {
    try {
      Relay relay = new Relay();
      relay.forwardTo(port);
      return relay;
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  /** Sets what becomes of the requests to a callee, or of its answers. */
  void treatCalls(String callee, Direction direction, Treatment treatment) {
    calling(callee, relay -> relay.treat(direction, treatment));
  }

  /** Sets what becomes of what one sends to the other, whichever of them has connected. */
  void treat(String from, String to, Treatment treatment) {
    relays.forEach(
        (link, relay) -> {
          if (isMeant(link.caller(), from) && isMeant(link.callee(), to)) {
            relay.treat(Direction.REQUESTS, treatment);
          }
          if (isMeant(link.callee(), from) && isMeant(link.caller(), to)) {
            relay.treat(Direction.ANSWERS, treatment);
          }
        });
  }

  private static boolean isMeant(String name, String by) {
    return by.equals(EVERYBODY) || by.equals(name);
  }

  /** How often something was not forwarded at once so far. */
  long disturbed() {
    return relays.values().stream().mapToLong(Relay::disturbed).sum();
  }

  /** Ends the connections to a callee that has died. */
  void down(String callee) {
    calling(callee, Relay::down);
  }

  /** Lets others connect to a callee again. */
  void up(String callee) {
    calling(callee, Relay::up);
  }

  private void calling(String callee, Consumer<Relay> work) {
    relays.forEach(
        (link, relay) -> {
          if (link.callee().equals(callee)) {
            work.accept(relay);
          }
        });
  }

  @Override
  public void close() {
    relays.values().forEach(Relay::close);
  }
}
