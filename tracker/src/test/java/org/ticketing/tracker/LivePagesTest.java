package org.ticketing.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server-sent events of the tracker before invented services. */
class LivePagesTest {

  private static final int LISTENERS = 2;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static InventedServices services;
  private static RunningTracker tracker;

  @BeforeAll
  static void start() {
    services = new InventedServices();
    tracker =
        new RunningTracker(
            services,
            "--ticketing.tracker.listeners=" + LISTENERS,
            "--ticketing.tracker.interval=50ms");
  }

  @AfterAll
  static void stop() {
    tracker.close();
    services.close();
  }

  @BeforeEach
  void forget() {
    services.forget();
  }

  @Test
  void liveAPageIsToldWhatHasChanged() {
    services.transactions.add(Invented.completed(1));

    try (Live live = new Live()) {
      live.awaitText("event:counts");
      live.awaitText("\"key\":\"key-1\"");
      services.transactions.add(Invented.stuck(2));
      live.awaitText("\"key\":\"key-2\"");
      live.awaitText("\"stuck\":1");
      services.transactions.set(1, Invented.failed(2));
      live.awaitText("\"outcome\":\"failed\"");
      assertThat(live.text()).containsOnlyOnce("\"key\":\"key-1\"");
    }
  }

  @Test
  void aLivePageIsToldOfTheEndOfWhatIsNotListedAnyMore() {
    services.transactions.add(Invented.stuck(1));

    try (Live live = new Live("?show=in-doubt")) {
      live.awaitText("\"stuck\":true");
      services.transactions.set(0, Invented.completed(1));
      live.awaitText("\"outcome\":\"completed\"");
    }
  }

  @Test
  void aLivePageIsToldThatThePaymentServiceIsAwayAndGoesOnAfterwards() {
    try (Live live = new Live()) {
      live.awaitText("event:counts");
      services.failing.add("payment");
      live.awaitText("event:unreachable");
      services.failing.clear();
      services.transactions.add(Invented.completed(1));
      live.awaitText("\"key\":\"key-1\"");
    }
  }

  @Test
  void onlySoManyPagesAreLiveAtATime() throws Exception {
    try (Live one = new Live();
        Live other = new Live()) {
      one.awaitText("event:counts");
      other.awaitText("event:counts");

      HttpResponse<String> refused =
          HTTP.send(request(tracker, "").build(), BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("urn:ticketing:problem:service-unavailable");
    }
    try (Live again = new Live()) {
      again.awaitText("event:counts");
    }
  }

  @Test
  void livePagesEndWithTheProcess() {
    try (RunningTracker ending = new RunningTracker(services);
        Live live = new Live(ending, "")) {
      live.awaitText("event:counts");

      CompletableFuture<Void> end = CompletableFuture.runAsync(ending::close);

      live.awaitEnd();
      await().until(end::isDone);
    }
  }

  private static HttpRequest.Builder request(RunningTracker asked, String query) {
    return HttpRequest.newBuilder(asked.at("/transactions/events" + query))
        .header("Accept", "text/event-stream")
        .header("Authorization", "Bearer " + InventedServices.OPERATOR_TOKEN);
  }

  /** A page that is live. */
  private static final class Live implements AutoCloseable {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Stream<String> body;
    private final CompletableFuture<Void> end;

    Live() {
      this("");
    }

    Live(String query) {
      this(tracker, query);
    }

    Live(RunningTracker asked, String query) {
      HttpRequest request = request(asked, query).build();
      // The place of another page is free when the tracker has noticed that it is gone.
      body =
          await()
              .until(
                  () -> HTTP.send(request, BodyHandlers.ofLines()),
                  answer -> answer.statusCode() == 200)
              .body();
      end = CompletableFuture.runAsync(() -> body.forEach(lines::add));
    }

    String text() {
      return String.join("\n", lines);
    }

    void awaitText(String text) {
      await().untilAsserted(() -> assertThat(text()).contains(text));
    }

    void awaitEnd() {
      await().until(end::isDone);
      assertThat(end).as("it was not cut off").isCompleted();
    }

    @Override
    public void close() {
      body.close();
    }
  }
}
