package org.ticketing.stack.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.run.Secrets;

/**
 * Uses a process that hosts every service but the payment as a customer does who does everything
 * but pay, so that it loads the classes that services need.
 */
final class Rehearsal {

  /** The services that the process hosts. */
  static final List<String> SERVICES =
      SystemDescription.SERVICES.stream().filter(service -> !service.equals("payment")).toList();

  /** How often the customer looks around, reserves, charges points and cancels. */
  private static final int ROUNDS = 40;

  private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(180);
  private static final Duration ADMISSION_DEADLINE = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final String operatorPassword;
  private String token = "";

  /**
   * @param url of the process
   * @param operatorPassword of {@link SystemKeys#OPERATOR}, who prepares a concert first
   */
  Rehearsal(String url, String operatorPassword) {
    this.url = url;
    this.operatorPassword = operatorPassword;
  }

  /**
   * Plays it.
   *
   * @throws StackException if a request is not answered as a customer expects
   */
  void play() {
    token = signIn(SystemKeys.OPERATOR, operatorPassword);
    Instant nextYear = Instant.now().plus(365, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
    String concert =
        id(post("/concerts", "{\"title\":\"Rehearsal\",\"description\":\"Without audience.\"}"));
    String schedule =
        id(
            post(
                "/concerts/" + concert + "/schedules",
                "{\"venue\":\"City Hall\",\"startsAt\":\"" + nextYear + "\"}"));
    post(
        "/schedules/" + schedule + "/seats",
        "{\"sections\":[{\"name\":\"Stalls\",\"grade\":\"A\",\"rows\":5,\"seatsPerRow\":10,"
            + "\"price\":120}]}");
    String user =
        id(
            post(
                "/users",
                "{\"email\":\"ann@example.org\",\"name\":\"Ann\",\"password\":\"correct horse\"}"));
    token = signIn("ann@example.org", "correct horse");
    awaitAdmission(id(post("/queue-tokens", "{\"scheduleId\":\"" + schedule + "\"}")));
    for (int round = 0; round < ROUNDS; round++) {
      visit(concert, schedule, user);
    }
  }

  private void visit(String concert, String schedule, String user) {
    get("/concerts");
    get("/concerts/" + concert + "/schedules");
    String seat = id(get("/schedules/" + schedule + "/seats?free=true"));
    String reservation = id(post("/reservations", "{\"seatId\":\"" + seat + "\"}"));
    get("/reservations/" + reservation);
    post("/wallets/" + user + "/charges", "{\"amount\":1000}");
    get("/wallets/" + user);
    get("/wallets/" + user + "/entries");
    get("/users/" + user);
    send("DELETE", "/reservations/" + reservation, "");
  }

  private void awaitAdmission(String queueToken) {
    Instant deadline = Instant.now().plus(ADMISSION_DEADLINE);
    while (!get("/queue-tokens/" + queueToken).contains("\"ACTIVE\"")) {
      if (Instant.now().isAfter(deadline)) {
        throw new StackException("The customer of the rehearsal is not admitted.");
      }
    }
  }

  private String signIn(String email, String password) {
    return field(
        "token", post("/login", "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}"));
  }

  private String get(String path) {
    return send("GET", path, "");
  }

  private String post(String path, String body) {
    return send("POST", path, body);
  }

  private String send(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(ANSWER_DEADLINE)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", Secrets.random(8))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new StackException(
            "%s %s of the rehearsal was answered %d %s"
                .formatted(method, path, answer.statusCode(), answer.body()));
      }
      return answer.body();
    } catch (IOException failure) {
      throw new StackException("The rehearsal: " + failure.getMessage(), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted.", interrupted);
    }
  }

  private static String id(String json) {
    return field("id", json);
  }

  /** The value of the first field of that name. */
  private static String field(String name, String json) {
    Matcher field = Pattern.compile("\"" + name + "\":\"?([^\",}]+)").matcher(json);
    if (!field.find()) {
      throw new StackException("The rehearsal was answered without " + name + ": " + json);
    }
    return field.group(1);
  }
}
