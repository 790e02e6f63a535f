package org.ticketing.experiments.counts;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ticketing.experiments.counts.Count.Unit;
import org.ticketing.experiments.relay.Relay;
import org.ticketing.experiments.relay.Relay.Direction;
import org.ticketing.stack.server.Server;

/** Counts the requests that a server gets and sends, at a relay in front of it, by their kind. */
abstract class CallCounter implements Closeable {

  private final String server;
  private final Map<String, Long> requests = new ConcurrentHashMap<>();
  private final Relay relay;

  /**
   * @param server its name
   * @param relayPort at which the relay listens; 0 for any
   */
  CallCounter(String server, int relayPort) throws IOException {
    this.server = server;
    this.relay = new Relay(Messages::new, relayPort);
  }

  /** A counter in front of a server that coordinates or carries messages. */
  static CallCounter inFrontOf(Server server) throws IOException {
    CallCounter counter =
        switch (server.kind()) {
          case COORDINATOR -> new SeataMessages(server.name(), server.relayPort());
          case BROKER -> new KafkaRequests(server.name(), server.relayPort());
          case DATABASE -> throw new IllegalArgumentException(server.name());
        };
    counter.relay.forwardTo(server.portBehindRelay());
    return counter;
  }

  /**
   * The length of the message that begins at the position, in bytes.
   *
   * @return more than is there if not enough is there to tell
   */
  abstract int length(ByteBuffer unread);

  /** Whether requests come in this direction. */
  abstract boolean hasRequests(Direction direction);

  /** Counts a message of such a direction if it is a request. */
  abstract void count(ByteBuffer message);

  final void add(String kind, long number) {
    requests.merge(kind, number, Long::sum);
  }

  /** The port at which its clients are counted. */
  int port() {
    return relay.port();
  }

  void read(Reading into) {
    requests.forEach((kind, count) -> into.add(Unit.CALL, server, kind, count));
  }

  @Override
  public void close() {
    relay.close();
  }

  /** One direction of a connection. */
  final class Messages implements Relay.Tap {

    private final Direction direction;
    private ByteBuffer unread = ByteBuffer.allocate(0);

    Messages(Direction direction) {
      this.direction = direction;
    }

    @Override
    public void see(byte[] buffer, int length) {
      if (!hasRequests(direction)) {
        return;
      }
      unread =
          ByteBuffer.allocate(unread.remaining() + length)
              .put(unread)
              .put(buffer, 0, length)
              .flip();
      for (int full = length(unread); full <= unread.remaining(); full = length(unread)) {
        count(unread.slice(unread.position(), full));
        unread.position(unread.position() + full);
      }
    }
  }
}
