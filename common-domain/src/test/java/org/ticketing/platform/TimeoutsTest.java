package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.mock.env.MockEnvironment;
import org.ticketing.testing.DefaultSettings;

/** Those of a transaction are tested with the protocol that has it. */
class TimeoutsTest {

  private final DefaultSettings settings = new DefaultSettings();
  private final Timeouts timeouts = settings.timeouts();

  @Test
  void aCallOutlastsWhatTheCalledServiceWaitsFor() {
    assertThat(timeouts.connection()).isGreaterThan(timeouts.lock());
    assertThat(timeouts.answer()).isGreaterThan(timeouts.connection().plus(timeouts.lock()));
    assertThat(timeouts.answer()).isGreaterThan(timeouts.turn());
  }

  @Test
  void areWhatConnectionsToServicesAndFromClientsAreSetUpWith() {
    assertThat(settings.duration("spring.http.clients.connect-timeout"))
        .isEqualTo(timeouts.connect());
    assertThat(settings.duration("spring.http.clients.read-timeout")).isEqualTo(timeouts.answer());
    assertThat(settings.duration("server.tomcat.connection-timeout")).isEqualTo(timeouts.body());
  }

  @Test
  void arePublishedWithTheirDefaults() throws IOException {
    Map<String, Duration> published =
        Pattern.compile("\\| (\\w+)[^|]* \\| `(ticketing\\.timeouts\\.[a-z-]+)`")
            .matcher(Files.readString(Path.of("../docs/timeouts.md")))
            .results()
            .collect(
                Collectors.toMap(
                    row -> row.group(2), row -> DurationStyle.detectAndParse(row.group(1))));

    assertThat(published).hasSize(Timeouts.class.getRecordComponents().length);
    published.forEach(
        (name, value) -> assertThat(settings.duration(name)).as(name).isEqualTo(value));
  }

  @ParameterizedTest
  @CsvSource({
    "lock, 1500ms",
    "lock, 0s",
    "lock, 3s",
    "connection, 2s",
    "connection, 3s",
    "turn, 5s",
    "answer, 4500ms",
    "database, 2s",
    "idle-transaction, 10s"
  })
  void anotherOrderIsRefused(String name, String value) {
    var environment =
        new MockEnvironment()
            .withProperty("ticketing.timeouts.lock", "2s")
            .withProperty("ticketing.timeouts.connection", "2500ms")
            .withProperty("ticketing.timeouts.turn", "2s")
            .withProperty("ticketing.timeouts.connect", "1s")
            .withProperty("ticketing.timeouts.answer", "5s")
            .withProperty("ticketing.timeouts.body", "5s")
            .withProperty("ticketing.timeouts.database", "10s")
            .withProperty("ticketing.timeouts.idle-transaction", "30s");
    assertThat(Timeouts.of(environment)).isNotNull();

    environment.setProperty("ticketing.timeouts." + name, value);

    assertThatThrownBy(() -> Timeouts.of(environment))
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .rootCause()
        .hasMessageContaining("ticketing.timeouts.")
        .hasMessageContaining("must be");
  }
}
