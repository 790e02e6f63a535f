package org.ticketing.development;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import org.ticketing.stack.container.ContainerEngine;

@EnabledIf(value = "hasEngine", disabledReason = "there is no Docker engine")
class ServiceInDevelopmentIT {

  private static final List<String> FREE_PORT = List.of("--server.port=0");

  static boolean hasEngine() {
    return ContainerEngine.isFound();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reservation", "point", "user"})
  void aServiceRunsAloneAndShowsItsApi(String service) {
    var development = new ServiceInDevelopment(List.of(service));
    try (ConfigurableApplicationContext process = development.start(FREE_PORT)) {
      RestClient visitor = RestClient.create(ServiceInDevelopment.url(process));

      assertThat(visitor.get().uri("/actuator/health").retrieve().body(String.class))
          .contains("UP");
      assertThat(visitor.get().uri("/v3/api-docs/" + service).retrieve().body(String.class))
          .contains("\"paths\"");
    }
  }

  @Test
  void severalRunTogetherAndAcceptTheOperatorsToken() {
    var development = new ServiceInDevelopment(List.of("user", "concert", "seat"));
    try (ConfigurableApplicationContext process = development.start(FREE_PORT)) {
      RestClient operator =
          RestClient.builder()
              .baseUrl(ServiceInDevelopment.url(process))
              .defaultHeaders(headers -> headers.setBearerAuth(development.operatorToken()))
              .build();

      assertThat(
              operator
                  .post()
                  .uri("/concerts")
                  .contentType(MediaType.APPLICATION_JSON)
                  .body("{\"title\": \"A title\", \"description\": \"On tour.\"}")
                  .retrieve()
                  .toBodilessEntity()
                  .getStatusCode()
                  .is2xxSuccessful())
          .isTrue();
    }
  }
}
