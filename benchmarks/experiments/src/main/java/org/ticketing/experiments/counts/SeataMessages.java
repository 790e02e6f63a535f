package org.ticketing.experiments.counts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.ticketing.experiments.relay.Relay.Direction;

/**
 * Counts the requests that Seata's server gets and sends. Answers and heartbeats are not counted.
 *
 * <p>The form of a message is that of version 1 of the protocol ({@code ProtocolEncoderV1}): two
 * bytes {@code 0xdada}, version, full length (4), length of the head (2), type, serializer,
 * compressor, number (4), the rest of the head, body. The body begins with a code ({@code
 * MessageType}). Several requests can come merged into one: then length (4), their number (2), and
 * each with its code ({@code MergedWarpMessageCodec}).
 */
final class SeataMessages extends CallCounter {

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

  SeataMessages(String server, int relayPort) throws IOException {
    super(server, relayPort);
  }

  @Override
  int length(ByteBuffer unread) {
    if (unread.remaining() < SHORTEST) {
      return Integer.MAX_VALUE;
    }
    if (unread.getShort(unread.position()) != MAGIC) {
      throw new IllegalStateException("No message of Seata begins here.");
    }
    return unread.getInt(unread.position() + LENGTH);
  }

  /** The server asks its clients, too. */
  @Override
  boolean hasRequests(Direction direction) {
    return true;
  }

  @Override
  void count(ByteBuffer message) {
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
    add(KINDS.getOrDefault(code, "message " + code), 1);
    if (number > 1) {
      // What the others are is known only to Seata's own decoder. One client does not get here.
      add("merged with another", number - 1);
    }
  }
}
