package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ticketing.stack.StackOptions;

/** Runs {@code ./ticketing up} as a user does, in Turkey. */
class UpIT {

  private static final Duration START = Duration.ofMinutes(5);
  private static final String[] SERVICES = {
    "user", "concert", "queue", "seat", "reservation", "point", "payment", "partner"
  };
  private static final int ENDED_BY_SIGTERM = 128 + 15;

  @TempDir private Path folder;

  private Path output;
  private Process up;

  @BeforeEach
  void startTheMonolith() throws IOException {
    String home = System.getProperty(StackOptions.HOME_PROPERTY);
    Path target = Path.of(home, "benchmarks", "cli", "target");
    output = folder.resolve("output");
    up =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + StackOptions.HOME_PROPERTY + "=" + home,
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Dticketing.jvm-options=" + System.getProperty("ticketing.jvm-options", ""),
                "-cp",
                target.resolve("classes")
                    + File.pathSeparator
                    + Files.readString(target.resolve("classpath")).strip(),
                Ticketing.class.getName(),
                "up",
                "monolith")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Awaitility.await()
        .atMost(START)
        .until(() -> printed().contains("Ctrl-C stops everything.") || !up.isAlive());
  }

  @AfterEach
  void endIt() {
    up.destroyForcibly();
  }

  @Test
  void theSessionItPrintsBuysATicketAndItsEndIsTheEndOfAll() throws Exception {
    assertThat(up.isAlive()).as(printed()).isTrue();
    List<ProcessHandle> processes = up.descendants().toList();

    assertThat(bash(session()))
        .contains("\"status\":\"COMPLETED\"")
        .contains("\"balance\":880")
        .contains("\"status\":\"CONFIRMED\"")
        .contains("\"deliveredAt\":\"")
        .contains("\"seatIds\":[\"");
    assertThat(printed()).contains("partner was told, signature valid: ");

    String transactions =
        printed().lines().filter(line -> line.startsWith("transactions ")).findFirst().get();
    String tracker =
        transactions.substring(transactions.indexOf("http"), transactions.indexOf(" (sign in"));
    assertThat(bash("curl -sS -H 'Accept: text/html' " + tracker)).contains("/tracker/app.js");
    assertThat(bash("curl -sS " + tracker)).contains("authentication-required");

    String page = printed().lines().filter(line -> line.startsWith("APIs")).findFirst().get();
    String url = page.substring(page.indexOf("http"), page.indexOf("/swagger-ui"));
    assertThat(bash("curl -sS " + url + "/swagger-ui/index.html")).contains("swagger-ui.css");
    assertThat(bash("curl -sS " + url + "/v3/api-docs/swagger-config")).contains(SERVICES);
    for (String service : SERVICES) {
      assertThat(bash("curl -sS " + url + "/v3/api-docs/" + service))
          .contains("\"paths\":{\"/", "\"bearerFormat\":\"JWT\"")
          .doesNotContain("/internal/", "/protocol/");
    }
    for (String idempotent : List.of("payment", "point", "reservation")) {
      assertThat(bash("curl -sS " + url + "/v3/api-docs/" + idempotent))
          .contains("\"name\":\"Idempotency-Key\"");
    }

    String metrics = printed().lines().filter(line -> line.startsWith("metrics")).findFirst().get();
    assertThat(bash(metrics.substring(metrics.indexOf("curl"))))
        .contains("ticketing_payment_seconds_count{");

    bash("kill -TERM " + up.pid());
    assertThat(up.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(up.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
    Awaitility.await().until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void restartsAProcessThatItIsToldTo() throws Exception {
    assertThat(up.isAlive()).as(printed()).isTrue();
    assertThat(printed())
        .containsPattern("monolith +http://127.0.0.1:\\d+  pid \\d+")
        .doesNotContain("without a cache");

    var input = up.outputWriter();
    input.write("restart everything\n\nrestart monolith\n");
    input.flush();

    Awaitility.await()
        .atMost(START)
        .untilAsserted(
            () ->
                assertThat(printed())
                    .contains(
                        "Not understood: restart everything. Type restart and one of monolith,"
                            + " tracker.")
                    .containsPattern("monolith runs again, pid \\d+"));
    assertThat(up.isAlive()).isTrue();
  }

  @Test
  void whenAProcessDiesItSaysWhichAndEnds() throws Exception {
    assertThat(up.isAlive()).as(printed()).isTrue();
    List<ProcessHandle> processes = up.descendants().toList();
    ProcessHandle postgresql =
        processes.stream()
            .filter(one -> one.info().command().orElse("").endsWith("/postgres"))
            .findFirst()
            .orElseThrow();

    postgresql.destroyForcibly();

    assertThat(up.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(up.exitValue()).isEqualTo(1);
    assertThat(printed().lines().reduce((first, last) -> last).orElseThrow())
        .startsWith("Stopped, because postgresql (pid ")
        .contains("was ended by signal 9");
    Awaitility.await().until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
  }

  private String printed() throws IOException {
    return Files.readString(output);
  }

  /** What is printed between the invitation and the last line. */
  private String session() throws IOException {
    try (Stream<String> lines = Files.lines(output)) {
      return lines
          .dropWhile(line -> !line.startsWith("Buy a ticket"))
          .skip(1)
          .takeWhile(line -> !line.startsWith("\"restart"))
          .collect(Collectors.joining("\n"));
    }
  }

  private static String bash(String script) throws IOException, InterruptedException {
    Process bash = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
    String printed = new String(bash.getInputStream().readAllBytes());
    bash.waitFor();
    return printed;
  }
}
