package org.ticketing.stack.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ticketing.stack.process.Command;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.run.ClassPath;
import org.ticketing.stack.run.JavaCommand;
import org.ticketing.stack.run.Run;
import org.ticketing.stack.run.Secrets;
import org.ticketing.stack.server.DatabaseServer;
import org.ticketing.stack.server.JdbcAccess;

/**
 * Lets a process load what services need from their start to their answers, for a {@link
 * StartCache}. The process hosts every service but the payment, on a database of its own, and is
 * used by a customer who does everything but pay.
 */
final class TrainingRun {

  private static final String NAME = "training";
  private static final List<String> SERVICES =
      SystemDescription.SERVICES.stream().filter(service -> !service.equals("payment")).toList();

  /** How often the customer looks around, reserves, charges points and cancels. */
  private static final int ROUNDS = 40;

  private static final Duration START_DEADLINE = Duration.ofSeconds(180);
  private static final Duration ADMISSION_DEADLINE = Duration.ofSeconds(30);

  /** The patience with the end of the JVM, which writes the cache then. */
  private static final long END_SECONDS = 180;

  private final Run run;
  private final SystemKeys keys;
  private final DatabaseServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  TrainingRun(Run run, SystemKeys keys, DatabaseServer server) {
    this.run = run;
    this.keys = keys;
    this.server = server;
  }

  /**
   * Starts the process, uses it and ends it.
   *
   * @param jvmArguments options of its JVM
   * @throws StackException if a request is not answered as a customer expects
   */
  void play(List<String> jvmArguments) {
    JdbcAccess database = server.createDatabase(NAME);
    int port = run.ports().any();
    String url = "http://127.0.0.1:" + port;
    StackProcess process =
        run.prepare(
            command(jvmArguments, database, port, url),
            port,
            () -> Health.isReady(url),
            START_DEADLINE);
    try {
      process.start();
      new Customer(url).play();
    } finally {
      process.expectEnd();
      run.children().end(process.current().map(List::of).orElse(List.of()), "TERM", END_SECONDS);
      server.dropDatabase(database, run.id());
      run.ports().release(port);
      run.directory().deleteData(NAME);
    }
  }

  private Command command(List<String> jvmArguments, JdbcAccess database, int port, String url) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("spring.application.name", NAME);
    properties.put("server.address", "127.0.0.1");
    properties.put("server.port", String.valueOf(port));
    properties.put("ticketing.services", String.join(",", SERVICES));
    properties.put("spring.datasource.url", database.url());
    properties.put("spring.datasource.username", database.user());
    properties.put("spring.http.serviceclient.payment.base-url", url);
    List<String> arguments = new ArrayList<>();
    properties.forEach((key, value) -> arguments.add("--" + key + "=" + value));
    Map<String, String> secrets =
        new HashMap<>(keys.properties(SERVICES, List.of(SystemDescription.SERVICES)));
    secrets.put("spring.datasource.password", database.password());
    return new JavaCommand(NAME, ClassPath.of(run.home().resolve(Program.SHOP.module())))
        .options(jvmArguments)
        .program(Program.SHOP.mainClass(), arguments)
        .secrets(ServiceLaunch.environment(secrets))
        .in(run);
  }

  /** The one customer, who first prepares a concert as the operator. */
  private final class Customer {

    private final String url;
    private String token = "";

    Customer(String url) {
      this.url = url;
    }

    void play() {
      token = signIn(SystemKeys.OPERATOR, keys.operatorPassword());
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
          throw new StackException("The customer of the training run is not admitted.");
        }
      }
    }

    private String signIn(String email, String password) {
      return field(
          "token",
          post("/login", "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}"));
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
              .timeout(START_DEADLINE)
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
              "%s %s of the training run was answered %d %s"
                  .formatted(method, path, answer.statusCode(), answer.body()));
        }
        return answer.body();
      } catch (IOException failure) {
        throw new StackException("The training run: " + failure.getMessage(), failure);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new StackException("Interrupted.", interrupted);
      }
    }
  }

  private static String id(String json) {
    return field("id", json);
  }

  /** The value of the first field of that name. */
  private static String field(String name, String json) {
    Matcher field = Pattern.compile("\"" + name + "\":\"?([^\",}]+)").matcher(json);
    if (!field.find()) {
      throw new StackException("The training run was answered without " + name + ": " + json);
    }
    return field.group(1);
  }
}
