package org.ticketing.experiments.counts;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.ticketing.experiments.relay.Relay.Direction;

/**
 * Counts the requests that a Kafka broker gets. It sends none.
 *
 * <p>A request is its length, not counting these 4 bytes, then the key of what is asked for (2,
 * {@link ApiKeys}), and more.
 */
final class KafkaRequests extends CallCounter {

  private static final int LENGTH_BYTES = Integer.BYTES;

  KafkaRequests(String server, int relayPort) throws IOException {
    super(server, relayPort);
  }

  @Override
  int length(ByteBuffer unread) {
    return unread.remaining() < LENGTH_BYTES
        ? Integer.MAX_VALUE
        : LENGTH_BYTES + unread.getInt(unread.position());
  }

  @Override
  boolean hasRequests(Direction direction) {
    return direction == Direction.REQUESTS;
  }

  @Override
  void count(ByteBuffer message) {
    add(ApiKeys.forId(message.getShort(LENGTH_BYTES)).name, 1);
  }
}
