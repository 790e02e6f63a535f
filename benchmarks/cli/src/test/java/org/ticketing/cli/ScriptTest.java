package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;
import org.ticketing.stack.StackOptions;

/** Runs the script {@code ticketing} in a folder whose name is Korean. */
class ScriptTest {

  private static final Path CLI = Path.of("benchmarks", "cli");

  @TempDir private Path folder;

  /**
   * The script's folder with what it looks for and needs to run. A shell makes it, because the name
   * may have no form in the character set of this JVM.
   */
  @BeforeEach
  void build() throws Exception {
    Path home = Path.of(System.getProperty(StackOptions.HOME_PROPERTY));
    Files.copy(home.resolve("ticketing"), folder.resolve("ticketing"));
    Path target = home.resolve(CLI).resolve("target");
    FileSystemUtils.copyRecursively(target.resolve("classes"), folder.resolve("classes"));
    Files.copy(target.resolve("classpath"), folder.resolve("classpath"));
    assertThat(
            shell(
                "POSIX",
                """
                mkdir "$KOREAN"
                mkdir -p "$KOREAN"/benchmarks/cli/src/main "$KOREAN"/benchmarks/cli/target "$KOREAN"/.ticketing
                mkdir -p "$KOREAN"/domain/src/main
                touch "$KOREAN"/pom.xml "$KOREAN"/domain/pom.xml "$KOREAN"/benchmarks/cli/pom.xml
                mv ticketing "$KOREAN"
                mv classes classpath "$KOREAN"/benchmarks/cli/target
                touch "$KOREAN"/.ticketing/built"""))
        .isEmpty();
  }

  @AfterEach
  void delete() throws Exception {
    shell("POSIX", "rm -r \"$KOREAN\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "C.UTF-8"})
  void runsInEveryLocale(String locale) throws Exception {
    assertThat(shell(locale, "\"$KOREAN\"/ticketing --version")).startsWith("ticketing on Java ");
  }

  @Test
  void buildsAnewAfterASourceIsGone() throws Exception {
    String built =
        """
        cd "$KOREAN"
        printf '#!/bin/sh\nexit 1\n' >mvn
        chmod +x mvn
        PATH=$PWD:$PATH
        touch domain/src/main/Source.java
        find . -exec touch -t 202601010000 {} +
        touch -t 202601010001 .ticketing/built
        """;

    assertThat(shell("C", built + "./ticketing --version")).startsWith("ticketing on Java ");
    assertThat(shell("C", built + "rm domain/src/main/Source.java\n./ticketing --version"))
        .startsWith("building ")
        .contains("The build failed");
  }

  private String shell(String locale, String script) throws IOException, InterruptedException {
    File output = folder.resolve("output").toFile();
    var bash =
        new ProcessBuilder(
                "bash", "-c", "KOREAN=$(printf '\\355\\213\\260\\354\\274\\223')\n" + script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output);
    bash.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    bash.environment().put("LC_ALL", locale);
    bash.environment().put("JAVA_HOME", System.getProperty("java.home"));
    bash.start().waitFor();
    return Files.readString(output.toPath(), StandardCharsets.UTF_8);
  }
}
