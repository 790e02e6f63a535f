package org.ticketing.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A repository in which xa-variant is built, and is the stand-in. */
final class TestHome {

  private TestHome() {}

  static Path create() {
    try {
      Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "home ");
      Path module = Files.createDirectories(home.resolve("xa-variant").resolve("target"));
      Files.writeString(
          module.resolve("classpath"), Path.of("target", "test-classes").toAbsolutePath() + "\n");
      Path binaries =
          Path.of(System.getProperty(StackOptions.HOME_PROPERTY), ".ticketing", "binaries");
      Files.createDirectories(binaries);
      Files.createDirectories(home.resolve(".ticketing"));
      Files.createSymbolicLink(home.resolve(".ticketing").resolve("binaries"), binaries);
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
