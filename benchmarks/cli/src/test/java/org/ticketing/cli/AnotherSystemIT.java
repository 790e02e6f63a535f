package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The system {@code handmade} is one folder, named in one place of a pom; nothing else knows it.
 */
class AnotherSystemIT {

  private final StringWriter out = new StringWriter();
  private final CommandLine ticketing = Ticketing.commandLine().setOut(new PrintWriter(out, true));

  @Test
  void isStartedSoldTicketsAuditedAndShownInTheTables() {
    int exitCode = ticketing.execute("compare", "handmade", "--quick", "--payments", "20");

    assertThat(exitCode).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains(
            "handmade: kept the promise, all or nothing in every payment", "uncoordinated: broke")
        .containsPattern("(?m)^handmade +\\d+\\.\\d")
        .containsPattern("(?m)^handmade +80 ");
  }

  @Test
  void isKilledAtAPointOfItsOwn() {
    int exitCode = ticketing.execute("crash", "handmade");

    assertThat(exitCode).as(out.toString()).isZero();
    assertThat(out.toString())
        .containsPattern("(?m)^points-to-refund @payment +kill payment +[1-9]")
        .containsPattern(
            "handmade: promises nothing and, as expected, loses: [1-9]\\d* violations");
  }

  @Test
  void isExplainedInTheListOfCrashPoints() {
    assertThat(ticketing.execute("crash", "handmade", "--list")).isZero();
    assertThat(out.toString()).containsPattern("(?m)^handmade +points-to-refund +1 ");
  }
}
