package org.ticketing.experiments.counts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessLogsTest {

  @ParameterizedTest
  @CsvSource({
    "POST /payments, POST /payments",
    "GET /users/0b0cb6d2-5a3c-4d7a-9d2e-0f2f0e6c1a11, GET /users/{}",
    "POST /protocol/xa/branches/t1-xa.7:2/prepare, POST /protocol/xa/branches/{}/prepare"
  })
  void whatIsCalledIsToldWithoutNames(String request, String kind) {
    assertThat(AccessLogs.kind(request)).isEqualTo(kind);
  }

  @Test
  void whoWaitsForEventsInVainIsNotCounted() {
    assertThat(
            AccessLogs.requests(
                List.of(
                    "POST /protocol/events/point/polls 2",
                    "POST /protocol/events/point/polls 213",
                    "POST /payments 0",
                    "GET /users 2")))
        .containsExactly("POST /protocol/events/point/polls", "POST /payments", "GET /users");
  }
}
