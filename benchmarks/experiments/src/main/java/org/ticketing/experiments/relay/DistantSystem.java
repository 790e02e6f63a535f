package org.ticketing.experiments.relay;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.server.Server;
import org.ticketing.stack.system.Detours;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemOptions;
import org.ticketing.stack.system.TicketingSystem;

/**
 * A running system whose processes are at a distance from each other and from the server that
 * coordinates them or carries their messages: they call it, and each other, through relays that
 * delay. Each is near its database, and clients are near all of them.
 */
public final class DistantSystem implements Closeable {

  private final TicketingSystem system;
  private final Map<String, Relay> relays;

  private DistantSystem(TicketingSystem system, Map<String, Relay> relays) {
    this.system = system;
    this.relays = relays;
  }

  /**
   * Starts a system.
   *
   * @param properties of its processes, besides those the system describes
   * @param roundTrip that the distance adds to each call; with 0, the calls go through relays all
   *     the same, so that it compares with other distances
   */
  public static DistantSystem start(
      LocalStack stack,
      SystemDescription description,
      Map<String, String> properties,
      Duration roundTrip)
      throws IOException {
    Map<String, Relay> relays = new LinkedHashMap<>();
    try {
      for (String process : description.processNames()) {
        relays.put(process, new Relay(roundTrip.dividedBy(2)));
      }
      for (String name : description.servers()) {
        Server server = stack.server(name);
        Relay relay = new Relay(roundTrip.dividedBy(2), server.relayPort());
        relay.forwardTo(server.portBehindRelay());
        relays.put(name, relay);
      }
      TicketingSystem system =
          stack.start(
              description,
              SystemOptions.NONE.withProperties(properties).withDetours(detours(relays)));
      for (String process : description.processNames()) {
        relays.get(process).forwardTo(system.process(process).port());
      }
      return new DistantSystem(system, relays);
    } catch (IOException | RuntimeException failure) {
      relays.values().forEach(Relay::close);
      throw failure;
    }
  }

  /** Sets the round trip of what is sent from now on. */
  public void roundTrip(Duration roundTrip) {
    relays.values().forEach(relay -> relay.delay(roundTrip.dividedBy(2)));
  }

  public TicketingSystem system() {
    return system;
  }

  /** Databases have no relay. */
  private static Detours detours(Map<String, Relay> relays) {
    return (caller, callee, port) -> relays.containsKey(callee) ? relays.get(callee).port() : port;
  }

  @Override
  public void close() {
    system.close();
    relays.values().forEach(Relay::close);
  }
}
