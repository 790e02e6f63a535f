package org.ticketing.experiments.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.Variant;

class CrashPointsTest {

  private static final String SCRIPT =
      """
      # It has begun,
      # nobody knows.
      #
      #   client    payment
      #     ==> HERE
      #
      # Nothing lasts.
      #
      # In: point | reservation
      # Then: kill participant | kill participant+database |
      #   cut database connections of participant

      RULE it has begun
      """;

  @Test
  void areReadFromTheCommentsOfTheirScripts() {
    CrashPoint point = CrashPoint.parse(Variant.XA, "begun", SCRIPT);

    assertThat(point.explanation()).isEqualTo("It has begun, nobody knows.");
    assertThat(point.timeline()).contains("==> HERE");
    assertThat(point.promise()).isEqualTo("Nothing lasts.");
    assertThat(point.cells())
        .extracting(Cell::toString)
        .containsExactly(
            "begun in point, kill point",
            "begun in point, kill point+mysql",
            "begun in point, cut database connections of point",
            "begun in reservation, kill reservation",
            "begun in reservation, kill reservation+postgresql",
            "begun in reservation, cut database connections of reservation");
  }

  @Test
  void includeTheOneThatReadmeShows() throws IOException {
    String readme = Files.readString(home().resolve("README.md"));
    String script = readme.substring(readme.indexOf("\n# The points are taken out") + 1);
    CrashPoint point =
        CrashPoint.parse(Variant.XA, "own", script.substring(0, script.indexOf("```")));

    CrashMatrix.require(point.cells());

    assertThat(point.cells()).hasSize(5);
  }

  @ParameterizedTest
  @MethodSource("incomplete")
  void areRefusedWithoutAnyOfTheirParts(String script) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrashPoint.parse(Variant.XA, "begun", script));
  }

  static Stream<String> incomplete() {
    return Stream.of(
        "",
        "RULE it has begun",
        SCRIPT.replace("# Nothing lasts.\n#\n", ""),
        SCRIPT.replace("# In: point | reservation\n", ""),
        SCRIPT.replace("# Then:", "# Now:"),
        SCRIPT.replace("kill participant ", "tickle participant "),
        SCRIPT.replace("kill participant ", "hang -5s "),
        SCRIPT.replace("kill participant ", "kill point+point "),
        SCRIPT.replace("kill participant ", "kill + "));
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void markTheActInTheirTimeline(Variant variant) {
    assertThat(CrashPoints.of(variant))
        .isNotEmpty()
        .allSatisfy(
            point -> assertThat(point.timeline()).as(point.name()).containsPattern("==> HERE"));
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void strikeOnlyWhatTheVariantHas(Variant variant) {
    for (CrashPoint point : CrashPoints.of(variant)) {
      CrashMatrix.require(point.cells());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kill seata",
        "kill payment+nobody",
        "lose requests to payment",
        "lose answers of seata",
        "cut database connections of postgresql",
        "fill the disk of nobody",
        "end of nobody"
      })
  void areRefusedWhenTheirVariantHasNotWhatTheyStrike(String act) {
    CrashPoint point =
        CrashPoint.parse(
            Variant.XA, "begun", SCRIPT.replaceFirst("(?s)# Then: .*", "# Then: " + act + "\n\n"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrashMatrix.require(point.cells()))
        .withMessageContaining("xa; there are: ");
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void areAllInTheListOfTheirVariant(Variant variant) throws Exception {
    Path folder = Path.of(CrashPoints.class.getResource(variant.id() + "/points").toURI());
    try (Stream<Path> files = Files.list(folder.getParent())) {
      assertThat(CrashPoints.of(variant))
          .extracting(point -> point.name() + ".btm")
          .containsExactlyInAnyOrderElementsOf(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".btm"))
                  .toList());
    }
  }

  /** Byteman itself says so, with the classes that the processes run with. */
  @ParameterizedTest
  @EnumSource(Variant.class)
  void haveRulesThatFitTheClasses(Variant variant) throws Exception {
    for (boolean atSeata : List.of(true, false)) {
      List<String> scripts = new ArrayList<>();
      for (CrashPoint point : CrashPoints.of(variant)) {
        if (point.places().contains("seata") == atSeata) {
          scripts.add(
              Path.of(
                      CrashPoints.class
                          .getResource(variant.id() + "/" + point.name() + ".btm")
                          .toURI())
                  .toString());
        }
      }
      if (!scripts.isEmpty()) {
        assertThat(check(atSeata ? "local-stack/seata-server" : variant.module(), scripts))
            .contains("TestScript: no errors");
      }
    }
  }

  @Test
  void theRulesThatSeatasServerIsStartedWithFitToo() throws Exception {
    assertThat(
            check(
                "local-stack/seata-server",
                List.of(
                    home()
                        .resolve("local-stack/src/main/resources/org/ticketing/stack")
                        .resolve("seata-server.btm")
                        .toString())))
        .contains("TestScript: no errors");
  }

  private static Path home() {
    return Path.of(System.getProperty(StackOptions.HOME_PROPERTY));
  }

  private static String check(String module, List<String> scripts)
      throws IOException, InterruptedException {
    Path home = home();
    String byteman = Files.readString(home.resolve("local-stack/seata-server/target/classpath"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "org.jboss.byteman.check.TestScript"));
    command.addAll(scripts);
    ProcessBuilder checker = new ProcessBuilder(command).redirectErrorStream(true);
    checker
        .environment()
        .put(
            "CLASSPATH",
            String.join(
                ":",
                home.resolve(module).resolve("target/classes").toString(),
                Files.readString(home.resolve(module).resolve("target/classpath")).strip(),
                home.resolve("benchmarks/experiments/target/classes").toString(),
                Stream.of(byteman.strip().split(":"))
                    .filter(jar -> jar.matches(".*/byteman-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow()));
    Process process = checker.start();
    String output = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return output;
  }
}
