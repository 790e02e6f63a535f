package org.ticketing.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.FileSystemUtils;
import org.ticketing.stack.container.ContainerEngine;
import org.ticketing.stack.process.ProcessDeath;
import org.ticketing.stack.process.StackClosedException;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.run.Databases;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;
import org.ticketing.stack.system.TicketingSystem;

/** However a stack ends, none of its processes goes on. */
class StackEndIT {

  private static final SystemDescription ALPHA = Systems.named("alpha");

  private static final Duration SOON = Duration.ofSeconds(20);

  /** The numbers of the signals that a child may inherit as ignored. */
  private static final Map<String, Integer> IGNORABLE = Map.of("HUP", 1, "INT", 2, "TERM", 15);

  private final Path home = TestHome.create();

  @AfterEach
  void deleteHome() throws IOException {
    FileSystemUtils.deleteRecursively(home);
  }

  @Test
  void closeLeavesLogsOnly() throws IOException {
    LocalStack stack = LocalStack.start(StackOptions.forSystems(ALPHA).withHome(home));
    TicketingSystem system = stack.start(ALPHA);
    List<Path> logs = system.processes().stream().map(StackProcess::log).toList();

    stack.close();
    stack.close();

    assertThat(survivors(List.of())).isEmpty();
    assertThat(logs).allMatch(Files::exists);
    try (var files = Files.list(stack.directory())) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("lock", "logs");
    }
    assertThat(stack.unexpectedDeath()).isNotDone();
    assertThatThrownBy(() -> stack.start(ALPHA)).isInstanceOf(StackClosedException.class);
  }

  @Test
  void deathNobodyAskedForIsReported() {
    try (LocalStack stack = LocalStack.start(StackOptions.forSystems(ALPHA).withHome(home))) {
      StackProcess point = stack.start(ALPHA).process("point");

      ProcessHandle.of(point.pid()).orElseThrow().destroyForcibly();

      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(stack.unexpectedDeath())
                      .isCompletedWithValue(
                          new ProcessDeath("alpha-point", point.pid(), 137, point.log())));
      assertThat(stack.unexpectedDeath().join().toString()).contains("was ended by signal 9");
    }
  }

  @ParameterizedTest(name = "SIG{0} while {1}")
  @CsvSource({
    "KILL, creating PostgreSQL's data",
    "INT, creating MariaDB's data",
    "TERM, starting MariaDB",
    "INT, starting alpha",
    "HUP, ready",
    "KILL, ready",
    "INT, paused",
    "TERM, paused",
    "KILL, paused"
  })
  void endOfTheParentIsTheEndOfAll(String signal, String stage) throws Exception {
    endOfTheParentIsTheEndOfAll(Databases.LOCAL, signal, stage);
  }

  @ParameterizedTest(name = "SIG{0} while {1}")
  @CsvSource({
    "KILL, starting PostgreSQL in a container",
    "INT, starting alpha",
    "TERM, paused",
    "KILL, paused"
  })
  @EnabledIf(value = "hasEngine", disabledReason = "there is no Docker engine")
  void endOfTheParentIsTheEndOfItsContainers(String signal, String stage) throws Exception {
    endOfTheParentIsTheEndOfAll(Databases.DOCKER, signal, stage);

    await().atMost(SOON).untilAsserted(() -> assertThat(EngineContainers.of(home)).isEmpty());
  }

  static boolean hasEngine() {
    return ContainerEngine.isFound();
  }

  private void endOfTheParentIsTheEndOfAll(Databases databases, String signal, String stage)
      throws Exception {
    assumeThat(isIgnored(signal)).isFalse();
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-D" + StackOptions.HOME_PROPERTY + "=" + home,
                "-D" + StackOptions.DATABASES_PROPERTY + "=" + databases,
                StackParent.class.getName())
            .redirectError(home.resolve("parent.log").toFile())
            .start();
    List<ProcessHandle> children = new ArrayList<>();
    try (BufferedReader progress = parent.inputReader()) {
      awaitLine(progress, stage);
      parent.descendants().forEach(children::add);
      new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + parent.pid()).start().waitFor();
      parent.onExit().get(SOON.toSeconds(), TimeUnit.SECONDS);
    } finally {
      parent.destroyForcibly();
    }

    await().atMost(SOON).untilAsserted(() -> assertThat(survivors(children)).isEmpty());
    assertThat(children).isNotEmpty();
  }

  /**
   * Whether this process, and so its children, ignore a signal: SIGINT is ignored by what a script
   * starts in the background, SIGHUP by what nohup starts. Known on Linux only.
   */
  private static boolean isIgnored(String signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    return IGNORABLE.containsKey(signal)
        && Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
            .anyMatch(ignored -> (ignored >> (IGNORABLE.get(signal) - 1) & 1) == 1);
  }

  private static void awaitLine(BufferedReader progress, String expected) throws IOException {
    List<String> seen = new ArrayList<>();
    do {
      seen.add(progress.readLine());
      assertThat(seen).doesNotContainNull();
    } while (!seen.contains(expected));
  }

  /** The given processes that are alive, and all that have our folder in their command line. */
  private List<String> survivors(List<ProcessHandle> children) {
    List<String> alive = new ArrayList<>();
    children.stream()
        .filter(ProcessHandle::isAlive)
        .map(child -> child.pid() + " " + child.info().commandLine().orElse(""))
        .forEach(alive::add);
    ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(command -> command.contains(home.toString()))
        .forEach(alive::add);
    return alive;
  }
}
