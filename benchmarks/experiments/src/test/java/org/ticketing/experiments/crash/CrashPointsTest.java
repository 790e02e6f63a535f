package org.ticketing.experiments.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.Systems;

class CrashPointsTest {

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
  @ValueSource(
      strings = {
        "kill seata",
        "kill payment+nobody",
        "lose requests to payment",
        "lose answers of seata",
        "cut database connections of postgresql",
        "fill the disk of nobody",
        "lose the store of postgresql",
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

  private static Path home() {
    return Path.of(System.getProperty(StackOptions.HOME_PROPERTY));
  }
}
