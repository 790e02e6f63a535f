package org.ticketing.verification.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.client.RestClient;
import org.ticketing.testing.MetricsPage;

/** The metrics of a running system, as Prometheus reads them. */
public record Metrics(RunningSystem system) {

  private static final String TYPE = "# TYPE ";

  /**
   * Checks that the payment process has all metrics, of every service and of protocols, that alerts
   * and dashboards are made of. Some are there once a payment was made.
   */
  public void assertThatThoseOfTheProtocolAreAsDocumented() {
    var documented = new MetricsPage();
    await()
        .untilAsserted(
            () ->
                assertThat(of("payment"))
                    .containsAll(documented.of("Of every service"))
                    .containsAll(documented.of("Of the protocols")));
  }

  /** The names of what the process shows that hosts the service. */
  private Set<String> of(String service) {
    String shown =
        RestClient.create()
            .get()
            .uri(system.process(service).url() + "/actuator/prometheus")
            .headers(headers -> headers.setBearerAuth(system.stack().keys().scrapeToken()))
            .retrieve()
            .body(String.class);
    return shown
        .lines()
        .filter(line -> line.startsWith(TYPE))
        .map(line -> line.substring(TYPE.length()).split(" ")[0])
        .collect(Collectors.toSet());
  }
}
