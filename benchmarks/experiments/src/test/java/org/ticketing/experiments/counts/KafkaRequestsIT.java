package org.ticketing.experiments.counts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.counts.Count.Unit;
import org.ticketing.experiments.counts.Reading.Counted;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.server.Server;

class KafkaRequestsIT {

  private static final int MESSAGES = 7;

  /** A client goes on at the address that the broker tells it, which has to be the relay's. */
  @Test
  void allRequestsOfAClientGoThroughTheRelay() throws Exception {
    try (LocalStack stack = LocalStack.start(StackOptions.forServers(Set.of("kafka")))) {
      Server kafka = stack.server("kafka");
      try (CallCounter counter = CallCounter.inFrontOf(kafka)) {
        send("127.0.0.1:" + counter.port());

        Reading reading = new Reading();
        counter.read(reading);
        assertThat(reading.get(new Counted(Unit.CALL, "kafka", "Produce")))
            .isGreaterThanOrEqualTo(MESSAGES);
        assertThat(reading.get(new Counted(Unit.CALL, "kafka", "CreateTopics"))).isPositive();
      }
    }
  }

  private static void send(String address) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", address);
    try (Admin admin = Admin.create(settings)) {
      admin
          .createTopics(List.of(new NewTopic("counted", Optional.of(1), Optional.empty())))
          .all()
          .get();
    }
    StringSerializer text = new StringSerializer();
    try (var producer = new KafkaProducer<String, String>(settings, text, text)) {
      for (int number = 0; number < MESSAGES; number++) {
        producer.send(new ProducerRecord<>("counted", "message " + number)).get();
      }
    }
  }
}
