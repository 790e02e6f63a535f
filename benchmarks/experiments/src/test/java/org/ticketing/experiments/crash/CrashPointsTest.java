package org.ticketing.experiments.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.byteman.check.TestScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;

class CrashPointsTest {

  @TempDir private Path folder;

  private static final String SCRIPT =
      """
      # It has begun,
      # and is not logged.
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
    CrashPoint point = CrashPoint.parse(Systems.named("xa"), "begun", SCRIPT);

    assertThat(point.description().summary()).isEqualTo("It has begun, and is not logged.");
    assertThat(point.description().timeline()).contains("==> HERE");
    assertThat(point.description().promise()).isEqualTo("Nothing lasts.");
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
  void mayBeWrittenAsTheDocumentationShows() throws IOException {
    String page = Files.readString(home().resolve("docs/crash-matrix.md"));
    String script = page.substring(page.indexOf("\n# The points are taken out") + 1);
    CrashPoint point =
        CrashPoint.parse(Systems.named("xa"), "own", script.substring(0, script.indexOf("```")));

    CrashMatrix.require(point.cells());

    assertThat(point.cells()).hasSize(5);
  }

  @ParameterizedTest
  @MethodSource("incomplete")
  void areRefusedWithoutAnyOfTheirParts(String script) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrashPoint.parse(Systems.named("xa"), "begun", script));
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
  @MethodSource("org.ticketing.stack.system.Systems#all")
  void areMarkedInTheirTimeline(SystemDescription system) {
    assertThat(CrashPoints.of(system))
        .isNotEmpty()
        .allSatisfy(
            point ->
                assertThat(point.description().timeline())
                    .as(point.name())
                    .containsPattern("==> HERE"));
  }

  @ParameterizedTest
  @MethodSource("org.ticketing.stack.system.Systems#all")
  void nameOnlyProcessesAndServersThatTheirSystemHas(SystemDescription system) {
    for (CrashPoint point : CrashPoints.of(system)) {
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
  void areRefusedWhenTheirSystemDoesNotHaveATarget(String fault) {
    CrashPoint point =
        CrashPoint.parse(
            Systems.named("xa"),
            "begun",
            SCRIPT.replaceFirst("(?s)# Then: .*", "# Then: " + fault + "\n\n"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrashMatrix.require(point.cells()))
        .withMessageContaining("xa; there are: ");
  }

  @ParameterizedTest
  @MethodSource("org.ticketing.stack.system.Systems#all")
  void areAllListedByTheirSystem(SystemDescription system) throws Exception {
    Resource[] scripts =
        new PathMatchingResourcePatternResolver()
            .getResources("classpath*:systems/%s/crash/*.btm".formatted(system.name()));
    assertThat(CrashPoints.of(system))
        .extracting(point -> point.name() + ".btm")
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(scripts).map(Resource::getFilename).toList());
  }

  /** Byteman checks the rules against the classes that the processes run with. */
  @ParameterizedTest
  @MethodSource("org.ticketing.stack.system.Systems#all")
  void haveRulesThatFitTheClasses(SystemDescription system) throws Exception {
    for (boolean atSeata : List.of(true, false)) {
      List<String> scripts = new ArrayList<>();
      for (CrashPoint point : CrashPoints.of(system)) {
        if (point.places().contains("seata") == atSeata) {
          Path script = folder.resolve(point.name() + ".btm");
          scripts.add(Files.writeString(script, point.rules()).toString());
        }
      }
      if (!scripts.isEmpty()) {
        assertThat(check(atSeata ? "local-stack/seata-server" : system.module(), scripts))
            .contains("TestScript: no errors");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"harness.btm", "patches.btm"})
  void theRulesThatSeatasServerIsStartedWithFitToo(String file) throws Exception {
    assertThat(
            check(
                "local-stack/seata-server",
                List.of(home().resolve("local-stack/seata-server").resolve(file).toString())))
        .contains("TestScript: no errors");
  }

  private static Path home() {
    return Path.of(System.getProperty(StackOptions.HOME_PROPERTY));
  }

  private static String check(String module, List<String> scripts)
      throws IOException, URISyntaxException, InterruptedException {
    Path home = home();
    URI byteman = TestScript.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                TestScript.class.getName()));
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
                Path.of(byteman).toString()));
    Process process = checker.start();
    String output = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return output;
  }
}
