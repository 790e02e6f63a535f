package org.ticketing.experiments.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentTest {

  @Test
  void allServicesAreBehindOneGateway() {
    Deployment deployment = Deployment.at("http://127.0.0.1:8080/", "e", "p");

    assertThat(deployment.urls().apply("payment")).isEqualTo("http://127.0.0.1:8080");
    assertThat(deployment.urls().apply("user")).isEqualTo("http://127.0.0.1:8080");
  }

  @Test
  void eachServiceHasAUrlOfItsOwn() {
    Deployment deployment = Deployment.at("https://{service}.example.org/api", "e", "p");

    assertThat(deployment.urls().apply("payment")).isEqualTo("https://payment.example.org/api");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "127.0.0.1:8080", "ftp://example.org", "http://", "http://a b"})
  void whatIsNoHttpUrlIsToldApart(String url) {
    assertThat(Deployment.isUrl(url)).isFalse();
    assertThat(Deployment.isUrl("http://{service}.example.org")).isTrue();
  }
}
