package org.ticketing.experiments.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.Systems;
import org.ticketing.workload.PaymentWay;

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
  void sayHowTheirCustomersPay() {
    String script = script("# In: payment", "#   cut database connections of payment\n");
    String asynchronous =
        script(
            "# In: payment", "#   cut database connections of payment\n# Paid: asynchronously\n");

    CrashPoint plain = CrashPoint.parse(Systems.named("xa"), "begun", script);
    CrashPoint paid = CrashPoint.parse(Systems.named("xa"), "begun", asynchronous);

    assertThat(plain.way()).isEqualTo(PaymentWay.SYNCHRONOUS);
    assertThat(paid.way()).isEqualTo(PaymentWay.ASYNCHRONOUS);
    assertThat(paid.cells()).hasSameSizeAs(plain.cells());
  }

  @Test
  void thoseOfTheQueueAreOfEverySystemThatCoordinates() {
    assertThat(CrashPoints.of(Systems.named("tcc")))
        .extracting(CrashPoint::name)
        .endsWith("accepted", "taken-by-worker", "worker-done");
    assertThat(CrashPoints.of(Systems.named("monolith")))
        .extracting(CrashPoint::name)
        .doesNotContain("accepted");
  }

  @Test
  void theLongMatrixHasMoreCells() {
    String more =
        "#   cut database connections of participant\n# Long: pause participant for 45s\n";
    CrashPoint point = CrashPoint.parse(Systems.named("xa"), "begun", script("# In: point", more));
    CrashPoint longAlone =
        CrashPoint.parse(
            Systems.named("xa"),
            "begun",
            SCRIPT.replaceFirst("(?s)# Then: .*", "# Long: pause point for 45s\n\n"));

    assertThat(point.cells()).hasSize(3);
    assertThat(point.allCells()).hasSize(4).last().hasToString("begun, pause point for 45s");
    assertThat(longAlone.cells()).isEmpty();
    assertThat(longAlone.allCells()).hasSize(2);
  }

  private static String script(String place, String lastLines) {
    return SCRIPT
        .replace("# In: point | reservation", place)
        .replace("#   cut database connections of participant\n", lastLines);
  }

  @Test
  void mayBeWrittenAsTheDocumentationShows() throws IOException {
    String page = Files.readString(home().resolve("docs/crash-matrix.md"));
    String script = page.substring(page.indexOf("\n# The points are taken out") + 1);
    CrashPoint point =
        CrashPoint.parse(Systems.named("xa"), "own", script.substring(0, script.indexOf("```")));

    CrashMatrix.require(point.allCells());

    assertThat(point.cells()).hasSize(5);
    assertThat(point.allCells()).hasSize(7);
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
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrashMatrix.require(pointWith(fault).cells()))
        .withMessageContaining("xa; there are: ");
  }

  @ParameterizedTest
  @CsvSource({
    "silence between payment and nobody for 9s, nobody is no process",
    "silence between client and point for 9s, client and point send nothing to each other in xa",
    "silence from point to postgresql for 9s, point and postgresql send nothing",
    "delay between point and seata for 9s, seata is no process",
    "pause nobody for 9s, nobody is no process or server",
    "vanish client for 9s, client is no process or server",
    "set back the clock of mysql by 1h, mysql is no process with a database",
    "kill payment+mysql for 2h, is too long for a database"
  })
  void areRefusedWhenTheirFaultCannotBeInjected(String fault, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrashMatrix.require(pointWith(fault).cells()))
        .withMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "silence between payment and kafka for 9s",
        "delay from kafka to payment for 9s",
        "vanish kafka for 9s",
        "lose requests to kafka"
      })
  void areRefusedWhenABrokerIsToBeSilent(String fault) {
    List<Cell> cells = pointWith("choreographykafka", fault).cells();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrashMatrix.require(cells))
        .withMessage(
            "\"%s\" cannot be injected: kafka is a broker, which can be killed and paused"
                .formatted(fault));
  }

  @Test
  void mayKillAndPauseABrokerButNotEmptyIt() {
    CrashMatrix.require(pointWith("choreographykafka", "kill kafka").cells());
    CrashMatrix.require(pointWith("choreographykafka", "pause kafka for 9s").cells());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CrashMatrix.require(
                    pointWith("choreographykafka", "lose the store of kafka").cells()))
        .withMessageContaining("kafka is no coordinator with a store of choreographykafka");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "silence between client and payment for 45s",
        "silence between payment and everybody for 45s",
        "silence from everybody to mysql for 45s",
        "silence between point and mysql for 2h",
        "delay from payment to reservation for 45s",
        "vanish mysql for 45s",
        "pause payment for 2h"
      })
  void mayNameWhoeverIsConnected(String fault) {
    CrashMatrix.require(pointWith(fault).cells());
  }

  private static CrashPoint pointWith(String fault) {
    return pointWith("xa", fault);
  }

  private static CrashPoint pointWith(String system, String fault) {
    return CrashPoint.parse(
        Systems.named(system),
        "begun",
        SCRIPT.replaceFirst("(?s)# Then: .*", "# Then: " + fault + "\n\n"));
  }

  private static Path home() {
    return Path.of(System.getProperty(StackOptions.HOME_PROPERTY));
  }
}
