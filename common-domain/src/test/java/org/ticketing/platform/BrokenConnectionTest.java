package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Postgresql
class BrokenConnectionTest {

  private static final String WAITING =
      " FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;
  @Autowired private TransactionTemplate transactions;

  @Test
  void isAnAbsenceOfTheDatabaseToWhoeverAsks() {
    CompletableFuture<HttpResponse<String>> answer =
        transactions.execute(
            holdingTheTable -> {
              jdbc.sql("LOCK TABLE wallet").update();
              var asked = askForWallet();
              await().until(() -> one("SELECT count(*)" + WAITING, Integer.class) == 1);
              assertThat(one("SELECT pg_terminate_backend(pid, 5000)" + WAITING, Boolean.class))
                  .isTrue();
              return asked;
            });

    assertThat(answer.join().statusCode()).isEqualTo(503);
    assertThat(answer.join().body()).contains(Problems.TYPE_PREFIX + ServiceUnavailable.REASON);
  }

  private CompletableFuture<HttpResponse<String>> askForWallet() {
    UUID me = UUID.randomUUID();
    return HttpClient.newHttpClient()
        .sendAsync(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/wallets/" + me))
                .header(
                    "Authorization",
                    "Bearer " + Bearer.user(OnRealDatabase.Servers.get().keys(), me))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private <T> T one(String sql, Class<T> type) {
    return jdbc.sql(sql).query(type).single();
  }
}
