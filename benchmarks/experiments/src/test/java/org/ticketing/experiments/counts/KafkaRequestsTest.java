package org.ticketing.experiments.counts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.HeartbeatRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.relay.Relay;
import org.ticketing.experiments.relay.Relay.Direction;

/** The bytes are those of Kafka's own client. */
class KafkaRequestsTest {

  private KafkaRequests requests;

  @BeforeEach
  void open() throws IOException {
    requests = new KafkaRequests("kafka", 0);
  }

  @AfterEach
  void close() {
    requests.close();
  }

  @Test
  void requestsAreCountedByKindAlsoIfTheyComeInPiecesOrWithOthers() {
    Relay.Tap tap = requests.new Messages(Direction.REQUESTS);
    byte[] one = heartbeat();
    for (byte piece : one) {
      tap.see(new byte[] {piece}, 1);
    }
    byte[] two = ByteBuffer.allocate(2 * one.length).put(one).put(one).array();
    tap.see(two, two.length);

    assertThat(counted()).isEqualTo(Map.of("Heartbeat", 3L));
  }

  @Test
  void answersAreNotCounted() {
    byte[] answer = ByteBuffer.allocate(8).putInt(4).putInt(1).array();

    requests.new Messages(Direction.ANSWERS).see(answer, answer.length);

    assertThat(counted()).isEmpty();
  }

  private Map<String, Long> counted() {
    Reading reading = new Reading();
    requests.read(reading);
    return reading.values().entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().kind(), Map.Entry::getValue));
  }

  private static byte[] heartbeat() {
    short version = ApiKeys.HEARTBEAT.latestVersion();
    HeartbeatRequestData data =
        new HeartbeatRequestData().setGroupId("group").setMemberId("member").setGenerationId(1);
    ByteBuffer request =
        new HeartbeatRequest.Builder(data)
            .build(version)
            .serializeWithHeader(new RequestHeader(ApiKeys.HEARTBEAT, version, "client", 1));
    return ByteBuffer.allocate(4 + request.remaining())
        .putInt(request.remaining())
        .put(request)
        .array();
  }
}
