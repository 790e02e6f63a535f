package org.ticketing.experiments.compose;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The command line of Docker. What it says of its progress goes to the log of the test. */
final class Docker {

  private Docker() {}

  /** Whether there is an engine, and Compose. */
  static boolean hasCompose() {
    try {
      run("version");
      run("compose", "version");
      return true;
    } catch (IllegalStateException failed) {
      return false;
    }
  }

  /**
   * Runs {@code docker} with these arguments, and returns what it prints.
   *
   * @throws IllegalStateException it fails, or there is none
   */
  static String run(String... arguments) {
    return run(List.of(arguments));
  }

  /** Like {@link #run(String...)}. */
  static String run(List<String> arguments) {
    List<String> command = Stream.concat(Stream.of("docker"), arguments.stream()).toList();
    try {
      Process docker = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
      docker.getOutputStream().close();
      String output =
          new String(docker.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (docker.waitFor() != 0) {
        throw new IllegalStateException(
            "%s: exit code %d".formatted(String.join(" ", command), docker.exitValue()));
      }
      return output;
    } catch (IOException failure) {
      throw new IllegalStateException(String.join(" ", command), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
