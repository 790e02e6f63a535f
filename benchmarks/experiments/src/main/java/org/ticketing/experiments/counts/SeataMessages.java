package org.ticketing.experiments.counts;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ticketing.experiments.counts.Count.Unit;
import org.ticketing.experiments.relay.Relay;

/**
 * Counts the requests that Seata's server gets and sends, at a relay before it. Answers and
 * heartbeats are not counted.
 *
 * <p>The form of a message is that of version 1 of the protocol ({@code ProtocolEncoderV1}): two
 * bytes {@code 0xdada}, version, full length (4), length of the head (2), type, serializer,
 * compressor, number (4), the rest of the head, body. The body begins with a code ({@code
 * MessageType}). Several requests can come merged into one: then length (4), their number (2), and
 * each with its code ({@code MergedWarpMessageCodec}).
 */
final class SeataMessages implements Closeable {

  private static final short MAGIC = (short) 0xdada;
  private static final int LENGTH = 3;
  private static final int HEAD_LENGTH = 7;
  private static final int TYPE = 9;
  private static final int SHORTEST = 16;

  private static final byte REQUEST = 0;
  private static final byte ONE_WAY = 2;

  private static final short MERGED = 59;
  private static final int MERGED_NUMBER = 6;
  private static final int MERGED_CODE = 8;

  private static final Map<Short, String> KINDS =
      Map.ofEntries(
          Map.entry((short) 1, "begin"),
          Map.entry((short) 3, "commit branch"),
          Map.entry((short) 5, "roll branch back"),
          Map.entry((short) 7, "commit"),
          Map.entry((short) 9, "roll back"),
          Map.entry((short) 11, "register branch"),
          Map.entry((short) 13, "report branch"),
          Map.entry((short) 15, "ask for status"),
          Map.entry((short) 17, "report status"),
          Map.entry((short) 101, "register client"),
          Map.entry((short) 103, "register resources"));

  private final String server;
  private final Map<String, Long> requests = new ConcurrentHashMap<>();
  private final Relay relay;

  /**
   * @param server its name
   */
  SeataMessages(String server) throws IOException {
    this.server = server;
    this.relay = new Relay(this::direction);
  }

  /** Counts what one direction of a connection is shown. */
  Relay.Tap direction() {
    return new Direction();
  }

  Relay relay() {
    return relay;
  }

  void read(Reading into) {
    requests.forEach((kind, count) -> into.add(Unit.CALL, server, kind, count));
  }

  @Override
  public void close() {
    relay.close();
  }

  private void count(ByteBuffer message) {
    byte type = message.get(TYPE);
    int body = message.getShort(HEAD_LENGTH);
    if (type != REQUEST && type != ONE_WAY) {
      return;
    }
    short code = message.getShort(body);
    int number = 1;
    if (code == MERGED) {
      number = message.getShort(body + MERGED_NUMBER);
      code = message.getShort(body + MERGED_CODE);
    }
    requests.merge(KINDS.getOrDefault(code, "message " + code), 1L, Long::sum);
    if (number > 1) {
      // What the others are is known only to Seata's own decoder. One client does not get here.
      requests.merge("merged with another", number - 1L, Long::sum);
    }
  }

  /** One direction of a connection. */
  private final class Direction implements Relay.Tap {

    private ByteBuffer unread = ByteBuffer.allocate(0);

    @Override
    public void see(byte[] buffer, int length) {
      unread =
          ByteBuffer.allocate(unread.remaining() + length)
              .put(unread)
              .put(buffer, 0, length)
              .flip();
      while (unread.remaining() >= SHORTEST) {
        int start = unread.position();
        if (unread.getShort(start) != MAGIC) {
          throw new IllegalStateException("No message of Seata begins here.");
        }
        int full = unread.getInt(start + LENGTH);
        if (unread.remaining() < full) {
          return;
        }
        count(unread.slice(start, full));
        unread.position(start + full);
      }
    }
  }
}
