package org.ticketing.stack;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The layout that lets the stack start systems that it does not know. */
@AnalyzeClasses(
    packages = "org.ticketing.stack",
    importOptions = ImportOption.DoNotIncludeTests.class)
class StackArchitectureTest {

  private static final Path SOURCES = Path.of("src/main");
  private static final Pattern SYSTEMS =
      Pattern.compile("(?i)\\b(monolith|uncoordinated|xa|tcc|saga|choreography)\\b");
  private static final Pattern SEATA = Pattern.compile("(?i)seata");

  @ArchTest
  static final ArchRule packagesKnowOnlyThoseBelowThem =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("stack")
          .definedBy("org.ticketing.stack")
          .layer("system")
          .definedBy("org.ticketing.stack.system")
          .layer("server")
          .definedBy("org.ticketing.stack.server")
          .layer("container")
          .definedBy("org.ticketing.stack.container")
          .layer("run")
          .definedBy("org.ticketing.stack.run")
          .layer("process")
          .definedBy("org.ticketing.stack.process")
          .whereLayer("stack")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("system")
          .mayOnlyBeAccessedByLayers("stack")
          .whereLayer("server")
          .mayOnlyBeAccessedByLayers("stack", "system")
          .whereLayer("container")
          .mayOnlyBeAccessedByLayers("stack", "server")
          .whereLayer("run")
          .mayOnlyBeAccessedByLayers("stack", "system", "server", "container");

  @ArchTest
  static final ArchRule theStackKnowsNoOtherCodeOfOurs =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.ticketing..")
                  .and(resideOutsideOfPackage("org.ticketing.stack..")));

  @Test
  void nothingNamesASystem() throws IOException {
    assertThat(filesWith(SYSTEMS)).isEmpty();
  }

  @Test
  void onlyItsOwnClassesNameSeata() throws IOException {
    assertThat(filesWith(SEATA))
        .containsExactlyInAnyOrder(
            "SeataServer.java",
            "SeataConsole.java",
            "SeataLauncher.java",
            "org.ticketing.stack.server.ServerLauncher");
  }

  private static List<String> filesWith(Pattern words) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> words.matcher(content(file)).find())
          .map(file -> file.getFileName().toString())
          .toList();
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
