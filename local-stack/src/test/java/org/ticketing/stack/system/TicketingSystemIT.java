package org.ticketing.stack.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.TestHome;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.server.JdbcAccess;

class TicketingSystemIT {

  private static final SystemDescription ALPHA = Systems.named("alpha");

  private static final Path HOME = TestHome.create();
  private static LocalStack stack;

  @BeforeAll
  static void start() {
    stack = LocalStack.start(StackOptions.forSystems(ALPHA).withHome(HOME));
  }

  @AfterAll
  static void close() throws IOException {
    stack.close();
    FileSystemUtils.deleteRecursively(HOME);
  }

  @Test
  void tellsEachProcessWhatItHostsAndWhereTheOthersAre() throws Exception {
    try (TicketingSystem system =
        stack.start(ALPHA, SystemOptions.NONE.withProperties(Map.of("extra", "yes")))) {
      assertThat(get(system.url("payment")))
          .contains(
              "spring.application.name=alpha-payment",
              "ticketing.services=payment",
              "server.port=" + system.process("payment").port(),
              "spring.datasource.url=" + system.database("payment").url(),
              "spring.http.serviceclient.point.base-url=" + system.url("point"),
              "spring.http.serviceclient.seat.base-url=" + system.process("shop").url(),
              "password=" + system.database("payment").password(),
              "service key=" + privateKeyOf("payment"),
              "signs tokens=false",
              "extra=yes")
          .anyMatch(line -> line.startsWith("java.version=" + stack.jdk().feature()))
          .noneMatch(line -> line.startsWith("spring.http.serviceclient.payment"));
      assertThat(get(system.url("seat")))
          .contains(
              "ticketing.services=user,concert,queue,seat,partner",
              "ticketing.cors.allowed-origins=" + system.url("user"),
              "service key=" + privateKeyOf("seat"),
              "signs tokens=true");
      assertThat(system.database("point").url()).startsWith("jdbc:mysql:").contains("/alpha_point");
      assertThat(system.database("reservation").url()).endsWith("/alpha_reservation");
    }
  }

  @Test
  void aProcessReachesOthersAndItsDatabaseByDetours() throws Exception {
    Detours onePortUp = (caller, callee, port) -> caller.equals("payment") ? port + 1 : port;
    try (TicketingSystem system = stack.start(ALPHA, SystemOptions.NONE.withDetours(onePortUp))) {
      int point = system.process("point").port();
      int postgresql = stack.postgres().process().port();

      assertThat(get(system.url("payment")))
          .contains(
              "spring.http.serviceclient.point.base-url=http://127.0.0.1:" + (point + 1),
              "spring.datasource.url=jdbc:postgresql://127.0.0.1:%d/alpha_payment"
                  .formatted(postgresql + 1));
      assertThat(get(system.url("reservation")))
          .contains(
              "spring.http.serviceclient.point.base-url=" + system.url("point"),
              "spring.datasource.url=" + system.database("reservation").url());
    }
  }

  @Test
  void anotherInstanceHasTheDatabaseOfTheFirstAndACoordinatorOfItsOwn() throws Exception {
    try (TicketingSystem system =
        stack.start(ALPHA, SystemOptions.NONE.withProperties(Map.of("extra", "yes")))) {
      StackProcess another = system.startAnother("payment");
      StackProcess third = system.startAnother("payment");

      assertThat(get(another.url()))
          .contains(
              "spring.application.name=alpha-payment-2",
              "server.port=" + another.port(),
              "spring.datasource.url=" + system.database("payment").url(),
              "ticketing.alpha.coordinator-name=" + system.inDoubtQueries().get(0).prefix() + "-2",
              "extra=yes");
      assertThat(third.name()).isEqualTo("alpha-payment-3");
      assertThat(system.process("payment").name()).isEqualTo("alpha-payment");
      assertThat(system.processes()).contains(another, third);
    }
  }

  @Test
  void theTrackerKnowsWhereTheServicesAreAndHasNeitherKeysNorADatabase() throws Exception {
    try (TicketingSystem system = stack.start(ALPHA)) {
      StackProcess tracker = system.startTracker();

      assertThat(get(tracker.url()))
          .contains(
              "spring.application.name=alpha-tracker",
              "server.port=" + tracker.port(),
              "spring.http.serviceclient.payment.base-url=" + system.url("payment"),
              "spring.http.serviceclient.user.base-url=" + system.url("user"),
              "service key=none",
              "signs tokens=false",
              "password=null")
          .noneMatch(line -> line.startsWith("spring.datasource"));
      assertThat(system.processes()).contains(tracker);

      system.close();
      assertThat(tracker.isAlive()).isFalse();
    }
  }

  @Test
  void aDebuggerReachesWhatItWasAskedForAlsoAfterARestart() throws Exception {
    try (TicketingSystem system =
        stack.start(ALPHA, SystemOptions.NONE.withDebugged(Set.of("point")))) {
      StackProcess point = system.process("point");
      point.restart();

      assertThat(system.process("payment").debugPort()).isEmpty();
      try (var socket =
          new Socket(InetAddress.getLoopbackAddress(), point.debugPort().orElseThrow())) {
        byte[] handshake = "JDWP-Handshake".getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(handshake);
        assertThat(socket.getInputStream().readNBytes(handshake.length)).isEqualTo(handshake);
      }
    }
  }

  @Test
  void killedProcessComesBackOnItsPort() throws Exception {
    try (TicketingSystem system = stack.start(ALPHA)) {
      StackProcess payment = system.process("payment");
      long pid = payment.pid();

      payment.kill();
      assertThat(payment.isAlive()).isFalse();
      assertThatThrownBy(() -> get(payment.url())).isInstanceOf(IOException.class);
      payment.restart();

      assertThat(payment.pid()).isNotEqualTo(pid);
      assertThat(get(payment.url())).contains("server.port=" + payment.port());
      assertThat(stack.unexpectedDeath()).isNotDone();
    }
  }

  @Test
  void pausedProcessesAnswerNothingUntilTheyGoOn() throws Exception {
    try (TicketingSystem system = stack.start(ALPHA)) {
      StackProcess payment = system.process("payment");

      system.pause();
      Optional<Duration> atPause = payment.processorTime();
      assertThatThrownBy(() -> get(payment.url())).isInstanceOf(HttpTimeoutException.class);
      assertThat(payment.processorTime()).isEqualTo(atPause);
      system.resume();

      assertThat(get(payment.url())).contains("server.port=" + payment.port());
      assertThat(stack.unexpectedDeath()).isNotDone();
    }
  }

  @Test
  void pausedProcessesEndWithTheirSystem() {
    TicketingSystem system = stack.start(ALPHA);
    List<Long> pids = system.processes().stream().map(StackProcess::pid).toList();
    system.process("point").pause();
    system.process("point").restart();
    system.pause();

    system.close();

    assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
  }

  @Test
  void failureToStartSaysWhyAndLeavesNothing() {
    assertThatThrownBy(
            () ->
                stack.start(
                    ALPHA, SystemOptions.NONE.withProperties(Map.of("broken", "alpha-point"))))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("alpha-point ended with status 1 while starting")
        .hasMessageContaining("IllegalStateException: the wallet is on fire")
        .hasMessageContaining("alpha-point.log");

    stack.start(ALPHA).close();
  }

  @Test
  void startsAfreshAfterClose() throws SQLException {
    TicketingSystem system = stack.start(ALPHA);
    execute(system.database("payment"), "CREATE TABLE payment (id int)");
    execute(
        system.database("payment"),
        "BEGIN",
        "INSERT INTO payment VALUES (1)",
        "PREPARE TRANSACTION 'in doubt'");
    List<Long> pids = system.processes().stream().map(StackProcess::pid).toList();
    system.close();
    system.close();

    assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    try (TicketingSystem again = stack.start(ALPHA)) {
      execute(again.database("payment"), "CREATE TABLE payment (id int)");
    }
  }

  @Test
  void refusesWhatItCannotRun() {
    assertThatThrownBy(() -> stack.start(Systems.named("beta")))
        .hasMessage("beta needs a server this stack was started without: Seata server.");
    assertThatThrownBy(() -> stack.start(Systems.named("gamma")))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("gamma is not built: run mvn -DskipTests package");
  }

  private static String privateKeyOf(String service) {
    return Base64.getEncoder()
        .encodeToString(
            stack
                .keys()
                .serviceToken(service, ALPHA.servicesByProcess())
                .getPrivate()
                .getEncoded());
  }

  private static void execute(JdbcAccess database, String... statements) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Set<String> get(String url) throws IOException, InterruptedException {
    return Set.copyOf(
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url + "/"))
                    .timeout(Duration.ofSeconds(2))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body()
            .lines()
            .toList());
  }
}
