package org.ticketing.experiments.counts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.relay.Relay;
import org.ticketing.experiments.relay.Relay.Direction;

/** The bytes are those of Seata's own encoder, {@code ProtocolEncoderV1}. */
class SeataMessagesTest {

  private static final byte REQUEST = 0;
  private static final byte ANSWER = 1;
  private static final byte HEARTBEAT = 3;

  private SeataMessages messages;
  private Relay.Tap direction;

  @BeforeEach
  void open() throws IOException {
    messages = new SeataMessages("seata", 0);
    direction = messages.new Messages(Direction.REQUESTS);
  }

  @AfterEach
  void close() {
    messages.close();
  }

  @Test
  void requestsAreCountedByKind() {
    see(message(REQUEST, shorts(1)));
    see(message(REQUEST, shorts(7)));
    see(message(REQUEST, shorts(7)));

    assertThat(counted()).isEqualTo(Map.of("begin", 1L, "commit", 2L));
  }

  @Test
  void answersAndHeartbeatsAreNotCounted() {
    see(message(ANSWER, shorts(2)));
    see(message(HEARTBEAT, new byte[0]));

    assertThat(counted()).isEmpty();
  }

  @Test
  void requestsThatComeMergedAreCountedEach() {
    see(message(REQUEST, shorts(59, 0, 100, 1, 11, 42)));
    see(message(REQUEST, shorts(59, 0, 100, 2, 11, 42)));

    assertThat(counted()).isEqualTo(Map.of("register branch", 2L, "merged with another", 1L));
  }

  @Test
  void aMessageMayComeInPiecesAndWithOthers() {
    byte[] one = message(REQUEST, shorts(1));
    byte[] three = new byte[3 * one.length];
    for (int number = 0; number < 3; number++) {
      System.arraycopy(one, 0, three, number * one.length, one.length);
    }
    for (byte piece : one) {
      see(new byte[] {piece});
    }
    see(three);

    assertThat(counted()).isEqualTo(Map.of("begin", 4L));
  }

  private void see(byte[] bytes) {
    direction.see(bytes, bytes.length);
  }

  private Map<String, Long> counted() {
    Reading reading = new Reading();
    messages.read(reading);
    Map<String, Long> byKind = new HashMap<>();
    reading.values().forEach((counted, count) -> byKind.put(counted.kind(), count));
    return byKind;
  }

  private static byte[] message(byte type, byte[] body) {
    int head = 16;
    return ByteBuffer.allocate(head + body.length)
        .putShort((short) 0xdada)
        .put((byte) 1)
        .putInt(head + body.length)
        .putShort((short) head)
        .put(type)
        .put((byte) 1)
        .put((byte) 0)
        .putInt(4711)
        .put(body)
        .array();
  }

  private static byte[] shorts(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes.array();
  }
}
