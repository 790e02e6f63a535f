package org.ticketing.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import org.ticketing.stack.container.ContainerEngine;
import org.ticketing.stack.process.Ports;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.run.Databases;
import org.ticketing.stack.run.UnusableException;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;
import org.ticketing.stack.system.TicketingSystem;

/** What a user may get wrong is refused before anything is started. */
class StackOptionsTest {

  private static final SystemDescription ALPHA = Systems.named("alpha");

  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final Path home = TestHome.create();

  @TempDir private Path folder;

  @AfterEach
  void deleteHome() throws IOException {
    FileSystemUtils.deleteRecursively(home);
  }

  @Test
  void twoStacksOfOneHomeShareNothing() {
    try (LocalStack one = started(home);
        LocalStack other = started(home)) {
      assertThat(one.directory()).isNotEqualTo(other.directory());
      assertThat(one.postgres().process().port()).isNotEqualTo(other.postgres().process().port());

      one.postgres().createDatabase("tickets");
      other.postgres().createDatabase("tickets");
      one.close();

      other.postgres().process().kill();
      other.postgres().process().restart();
    }
  }

  @Test
  void systemsUsePortsFromTheOneGiven() throws IOException {
    StackOptions options = StackOptions.forSystems(ALPHA).withHome(home);
    try (var ports = new Ports();
        var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int first = ports.any();
      ports.release(first);

      try (LocalStack stack = LocalStack.start(options.withServicePortsFrom(first))) {
        try (TicketingSystem system = stack.start(ALPHA)) {
          assertThat(system.processes().stream().map(StackProcess::port))
              .containsExactly(first, first + 1, first + 2, first + 3);
          assertThatThrownBy(() -> ports.exactly(first + 3))
              .hasMessage(
                  "Port %d is taken: end what listens there, or choose another.", first + 3);
        }
        assertThat(ports.exactly(first + 3)).isEqualTo(first + 3);
        assertThatThrownBy(() -> stack.start(ALPHA))
            .hasMessage("Port %d is taken: end what listens there, or choose another.", first + 3);
      }
      assertThatThrownBy(() -> ports.exactly(taken.getLocalPort()))
          .hasMessageContaining("Port " + taken.getLocalPort() + " is taken");
    }
  }

  @Test
  void databasesRunHereOrInContainers() {
    System.setProperty(StackOptions.DATABASES_PROPERTY, "podman");
    try {
      assertThatThrownBy(StackOptionsTest::withoutServers)
          .isInstanceOf(StackException.class)
          .hasMessage("ticketing.databases must be local or docker, not podman.");
    } finally {
      System.clearProperty(StackOptions.DATABASES_PROPERTY);
    }
  }

  @Test
  void containersNeedADockerEngine() {
    assumeThat(ContainerEngine.isFound()).as("there is a Docker engine").isFalse();

    assertThatThrownBy(() -> withoutServers().withDatabases(Databases.DOCKER))
        .isInstanceOf(UnusableException.class)
        .hasMessageStartingWith("--databases docker needs a Docker engine: none ");
  }

  @Test
  @EnabledIf("hasSharedMemory")
  void refusesFolderInMemory() throws IOException {
    Path memory = Files.createTempDirectory(SHARED_MEMORY, "ticketing");
    try {
      assertThatThrownBy(() -> LocalStack.prepare(withoutServers().withHome(memory)))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("lies in memory (tmpfs)");
    } finally {
      FileSystemUtils.deleteRecursively(memory);
    }
  }

  @Test
  void refusesFolderThatCannotBeWritten() throws IOException {
    Files.writeString(folder.resolve(".ticketing"), "a file where a folder should be");
    assertThatThrownBy(() -> LocalStack.prepare(withoutServers().withHome(folder)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("Cannot write to " + folder);
    assertThatThrownBy(() -> LocalStack.prepare(withoutServers().withHome(folder.resolve("none"))))
        .isInstanceOf(StackException.class)
        .hasMessage(folder.resolve("none") + " is not a folder.");
  }

  @Test
  void tidiesUpAfterRunsThatCouldNot() throws IOException {
    Path runs = folder.resolve(".ticketing").resolve("runs");
    for (int day = 10; day < 35; day++) {
      Path run = runs.resolve("202601" + day + "-120000-1");
      Files.createDirectories(run.resolve("data").resolve("postgresql"));
      Files.createDirectories(run.resolve("logs"));
    }
    Files.writeString(runs.resolve("20260110-120000-1").resolve("results.json"), "{}");

    try (LocalStack stack = LocalStack.prepare(withoutServers().withHome(folder))) {
      assertThat(stack.directory()).exists();
      try (var left = Files.list(runs)) {
        assertThat(left).hasSize(1 + 20 + 1);
      }
      assertThat(runs.resolve("20260134-120000-1").resolve("data")).doesNotExist();
      assertThat(runs.resolve("20260134-120000-1").resolve("logs")).exists();
      assertThat(runs.resolve("20260110-120000-1").resolve("logs")).doesNotExist();
      assertThat(runs.resolve("20260110-120000-1").resolve("results.json")).exists();
    }
  }

  private static LocalStack started(Path home) {
    return LocalStack.start(StackOptions.forServers(Set.of("postgresql")).withHome(home));
  }

  private static StackOptions withoutServers() {
    return StackOptions.forSystems();
  }

  static boolean hasSharedMemory() throws IOException {
    return Files.isDirectory(SHARED_MEMORY)
        && Files.getFileStore(SHARED_MEMORY).type().equals("tmpfs");
  }
}
