package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.HttpServerErrorException;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Database;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.user.UserApi;
import org.ticketing.user.UserApi.Registration;

@OnRealDatabase.Postgresql
class BrokenConnectionTest {

  @LocalServerPort private int port;

  @Value("${spring.datasource.url}")
  private String url;

  @Value("${spring.datasource.username}")
  private String user;

  @Value("${spring.datasource.password}")
  private String password;

  @Test
  void isAnsweredAsAnUnavailableDatabase() throws Exception {
    var database = new Database(new JdbcAccess(url, user, password));
    CompletableFuture<Void> asked;
    try (var stopped = database.lock("\"user\".app_user")) {
      asked = CompletableFuture.runAsync(this::register);
      await().until(database::isSomebodyWaiting);
      assertThat(database.endConnectionsWhere("wait_event_type = 'Lock'")).isEqualTo(1);
    }

    assertThatThrownBy(asked::join)
        .cause()
        .isInstanceOf(HttpServerErrorException.ServiceUnavailable.class)
        .hasMessageContaining(Problems.TYPE_PREFIX + Reason.SERVICE_UNAVAILABLE.id());
  }

  private void register() {
    Apis.at(port)
        .api(UserApi.class)
        .register(new Registration("broken@example.org", "Bo", "correct horse"));
  }
}
