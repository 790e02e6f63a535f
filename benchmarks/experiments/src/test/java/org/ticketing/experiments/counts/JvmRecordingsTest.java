package org.ticketing.experiments.counts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JvmRecordingsTest {

  @Test
  void nobodyWaitsForWhatKafkaForcesOfTheProgressOfConsumers() {
    assertThat(JvmRecordings.kindOf("/logs/__consumer_offsets-7/00000000000000000000.index"))
        .isEqualTo(Count.IN_BACKGROUND);
    assertThat(JvmRecordings.kindOf("/logs/payment-events-7/00000000000000000000.index"))
        .isEqualTo("log");
    assertThat(JvmRecordings.kindOf(null)).isEqualTo("log");
  }
}
