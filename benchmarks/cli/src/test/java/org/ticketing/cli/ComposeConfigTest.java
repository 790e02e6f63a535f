package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.stack.StackOptions;

/** Has Compose itself read its files, where it is installed. It needs no engine for that. */
class ComposeConfigTest {

  private static final Path HOME = Path.of(System.getProperty(StackOptions.HOME_PROPERTY));

  @TempDir private Path folder;

  @BeforeEach
  void needsCompose() throws Exception {
    assumeTrue(
        run("docker", "compose", "version").succeeded(),
        "Compose is not installed (docker compose version)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xa", "tcc", "saga", "choreography", "monolith", "monitoring"})
  void everyProfileIsUnderstood(String profile) throws Exception {
    assertUnderstood("-f", "docker/compose.yaml", "--profile", profile);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcc", "saga"})
  void theClusterOfSeataServersIsUnderstood(String profile) throws Exception {
    assertUnderstood(
        "-f", "docker/compose.yaml", "-f", "docker/compose.ha.yaml", "--profile", profile);
  }

  private void assertUnderstood(String... options) throws Exception {
    Run config =
        run(
            Stream.of(Stream.of("docker", "compose"), Stream.of(options), Stream.of("config", "-q"))
                .flatMap(words -> words)
                .toArray(String[]::new));

    assertThat(config.output()).isEmpty();
    assertThat(config.succeeded()).isTrue();
  }

  private record Run(boolean succeeded, String output) {}

  private Run run(String... command) throws InterruptedException {
    Path output = folder.resolve("output");
    try {
      int exit =
          new ProcessBuilder(command)
              .directory(HOME.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start()
              .waitFor();
      return new Run(exit == 0, Files.readString(output, StandardCharsets.UTF_8));
    } catch (IOException notInstalled) {
      return new Run(false, String.valueOf(notInstalled.getMessage()));
    }
  }
}
