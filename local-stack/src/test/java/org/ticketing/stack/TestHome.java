package org.ticketing.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A repository in which the modules alpha, common-domain and tracker are built, out of stand-ins.
 */
public final class TestHome {

  private TestHome() {}

  public static Path create() {
    try {
      Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "home ");
      for (String module : List.of("alpha", "common-domain", "tracker")) {
        Path target = Files.createDirectories(home.resolve(module).resolve("target"));
        Files.writeString(
            target.resolve("classpath"), Path.of("target", "test-classes").toAbsolutePath() + "\n");
      }
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
