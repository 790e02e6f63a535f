package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ticketing.stack.StackOptions;

/** If one of these fails, {@code ./ticketing report} writes the pages anew. */
class PublishedPagesTest {

  private static final Path HOME = Path.of(System.getProperty(StackOptions.HOME_PROPERTY));

  private final Map<String, String> pages = RepositoryPages.of(HOME);

  @Test
  void committedPagesAreThoseThatTheirResultsMake() throws IOException {
    for (Map.Entry<String, String> page : pages.entrySet()) {
      assertThat(HOME.resolve(page.getKey())).exists();
      assertThat(Files.readString(HOME.resolve(page.getKey())))
          .as(page.getKey())
          .isEqualTo(page.getValue());
    }
  }

  @Test
  void committedChartsAreThoseThatTheirResultsMake() throws IOException {
    TreeSet<String> made = new TreeSet<>(pages.keySet());
    made.removeIf(name -> !name.startsWith(RepositoryPages.CHARTS));

    assertThat(charts()).containsExactlyInAnyOrderElementsOf(made);
  }

  @Test
  void theSameResultsMakeTheSameBytes() {
    assertThat(RepositoryPages.of(HOME)).isEqualTo(pages);
  }

  /** What a program was started with, and where, is nobody else's business. */
  @Test
  void publishedResultsNameNoFolderOfTheMachine() throws IOException {
    try (Stream<Path> files = Files.list(HOME.resolve("benchmarks/results"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".json")).toList()) {
        assertThat(Files.readString(file))
            .as(file.getFileName().toString())
            .doesNotContainPattern("[\"=]/(root|home|Users|work|usr|opt|tmp|var)/");
      }
    }
  }

  private static List<String> charts() throws IOException {
    Path folder = HOME.resolve(RepositoryPages.CHARTS);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> HOME.relativize(file).toString().replace('\\', '/')).toList();
    }
  }
}
