package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.web.client.RestClient;
import org.springframework.web.service.registry.HttpServiceGroup;
import org.springframework.web.service.registry.HttpServiceGroupConfigurer.ClientCallback;
import org.springframework.web.service.registry.HttpServiceGroupConfigurer.Groups;
import tools.jackson.databind.json.JsonMapper;

/** What a service sends to another one. */
class ServiceCallsTest {

  private final ServiceCalls calls = new ServiceCalls();
  private final CompletableFuture<Headers> sent = new CompletableFuture<>();
  private HttpServer called;

  @BeforeEach
  void listen() throws IOException {
    called = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    called.createContext(
        "/",
        exchange -> {
          sent.complete(exchange.getRequestHeaders());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    called.start();
  }

  @AfterEach
  void stop() {
    called.stop(0);
  }

  /**
   * So it is sent with the headers. A body that is written in chunks ends in a packet of its own,
   * which a process may have to wait for, and in a flood it waits for few.
   */
  @Test
  void theLengthOfABodyIsKnownBeforeItIsSent() {
    client().post().uri("/").body(List.of(UUID.randomUUID())).retrieve().toBodilessEntity();

    assertThat(sent.join().getFirst("Content-Length")).isEqualTo("40");
    assertThat(sent.join()).doesNotContainKey("Transfer-Encoding");
  }

  @Test
  void aCallHasATokenForTheServiceThatIsCalled() {
    client().get().uri("/").retrieve().toBodilessEntity();

    assertThat(sent.join().getFirst("Authorization")).isEqualTo("Bearer for user");
  }

  /** Of the group of the user service, as it is configured for all that call it. */
  private RestClient client() {
    RestClient.Builder client =
        RestClient.builder()
            .requestFactory(calls.pooledConnections().build(HttpClientSettings.defaults()))
            .baseUrl("http://127.0.0.1:" + called.getAddress().getPort());
    HttpServiceGroup user = mock();
    when(user.name()).thenReturn("user");
    Groups<RestClient.Builder> groups = mock();
    doAnswer(
            call -> {
              ClientCallback<RestClient.Builder> configure = call.getArgument(0);
              configure.withClient(user, client);
              return null;
            })
        .when(groups)
        .forEachClient(any(ClientCallback.class));
    Tokens tokens = mock();
    when(tokens.toCall("user")).thenReturn("for user");
    calls.serviceCalling(tokens, JsonMapper.shared()).configureGroups(groups);
    return client.build();
  }
}
