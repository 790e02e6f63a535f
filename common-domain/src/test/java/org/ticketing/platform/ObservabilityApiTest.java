package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.HttpClientErrorException;
import org.ticketing.platform.ObservabilityApi.State;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Postgresql
class ObservabilityApiTest {

  private final SystemKeys keys = OnRealDatabase.Servers.get().keys();

  @LocalServerPort private int port;
  @Autowired private Observing observing;

  @AfterEach
  void switchOn() {
    observing.set(true);
  }

  @Test
  void anOperatorSwitchesItOffAndOnAgain() {
    ObservabilityApi operator = as("OPERATOR");
    assertThat(operator.state().enabled()).isTrue();

    assertThat(operator.change(new State(false)).enabled()).isFalse();
    assertThat(operator.state().enabled()).isFalse();
    assertThat(observing.isOn()).isFalse();

    operator.change(new State(true));
    assertThat(observing.isOn()).isTrue();
  }

  @Test
  void nobodyElseDoes() {
    ObservabilityApi user = as("USER");

    assertThatExceptionOfType(HttpClientErrorException.Forbidden.class).isThrownBy(user::state);
    assertThatExceptionOfType(HttpClientErrorException.Forbidden.class)
        .isThrownBy(() -> user.change(new State(false)));
    assertThat(observing.isOn()).isTrue();
  }

  @Test
  void whatItIsToBeHasToBeSaid() {
    assertThatExceptionOfType(HttpClientErrorException.BadRequest.class)
        .isThrownBy(() -> as("OPERATOR").change(new State(null)))
        .withMessageContaining(Problems.TYPE_PREFIX + Reason.INVALID_REQUEST.id());
  }

  private ObservabilityApi as(String role) {
    return Apis.at(port).as(Bearer.user(keys, UUID.randomUUID(), role)).api(ObservabilityApi.class);
  }
}
