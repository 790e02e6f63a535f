package org.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ticketing.stack.StackOptions;

/** The tables of all services and protocols. */
class MigrationsTest {

  private static final Pattern WITHOUT_ZONE = Pattern.compile("(?i)\\btimestamp\\b");

  /** Processes and people in different zones would read different times. */
  @Test
  void noTimeIsStoredWithoutItsZone() throws IOException {
    Path home = Path.of(System.getProperty(StackOptions.HOME_PROPERTY));
    List<Path> migrations;
    try (Stream<Path> modules = Files.list(home)) {
      migrations =
          modules
              .map(module -> module.resolve("src/main/resources/db"))
              .filter(Files::isDirectory)
              .flatMap(MigrationsTest::forPostgresql)
              .toList();
    }

    assertThat(migrations).isNotEmpty();
    for (Path migration : migrations) {
      assertThat(Files.readString(migration))
          .as("%s", migration)
          .doesNotContainPattern(WITHOUT_ZONE);
    }
  }

  private static Stream<Path> forPostgresql(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.getParent().endsWith("postgresql")).toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
