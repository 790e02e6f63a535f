package org.ticketing.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.client.HttpClientErrorException;
import org.ticketing.payment.PaymentApi;
import org.ticketing.payment.PaymentApi.PaymentRequest;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.MetricsPage;
import org.ticketing.testing.OnRealDatabase;

/**
 * The metrics that alerts and dashboards are made of are those that a running application has.
 * Those of the protocols are tested in their modules.
 */
@OnRealDatabase.Postgresql
@TestPropertySource(
    properties = {
      "ticketing.observability.enabled=true",
      "management.prometheus.metrics.export.enabled=true"
    })
class ExposedMetricsTest {

  @LocalServerPort private int port;
  @Autowired private MeterRegistry registry;

  private final MetricsPage page = new MetricsPage();

  @Test
  void whatIsDocumentedIsExposed() {
    assertThatExceptionOfType(HttpClientErrorException.class).isThrownBy(this::pay);

    await()
        .untilAsserted(
            () ->
                assertThat(exposed())
                    .containsAll(page.of("Of every service"))
                    .containsAll(page.of("Of the domain")));
  }

  /** Nobody has that reservation, so the payment is refused. */
  private void pay() {
    String customer = Bearer.user(OnRealDatabase.Servers.get().keys(), UUID.randomUUID());
    Apis.at(port)
        .as(customer)
        .api(PaymentApi.class)
        .pay("exposed-metrics", new PaymentRequest(UUID.randomUUID()));
  }

  /** As the registry names them for Prometheus. */
  private Set<String> exposed() {
    return registry.getMeters().stream()
        .map(meter -> meter.getId().getConventionName(registry.config().namingConvention()))
        .collect(Collectors.toSet());
  }
}
