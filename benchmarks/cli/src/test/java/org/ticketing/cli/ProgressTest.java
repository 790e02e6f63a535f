package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final StringWriter out = new StringWriter();

  @Test
  void inALogEveryStepIsALineThatTellsHowLongTheRestWillTake() {
    Progress progress = new Progress(new PrintWriter(out), false);

    progress.accept("starting servers");
    progress.step(0, 2, "round 1");
    progress.step(1, 2, "round 2");
    progress.step(2, 2, "all rounds were played");

    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("\\[ *\\d+ s] starting servers"),
            line -> assertThat(line).matches("\\[ *\\d+ s] round 1"),
            line -> assertThat(line).matches("\\[ *\\d+ s] round 2, \\d+ s left"),
            line -> assertThat(line).matches("\\[ *\\d+ s] all rounds were played"));
  }

  @Test
  void onATerminalStepsAreNoLines() {
    Progress progress = new Progress(new PrintWriter(out), true);

    progress.step(0, 1, "round 1");
    progress.accept("auditing");
    progress.step(1, 1, "all rounds were played");
    progress.accept("done");

    assertThat(out.toString().lines())
        .singleElement()
        .satisfies(line -> assertThat(line).matches("\\[ *\\d+ s] done"));
  }
}
