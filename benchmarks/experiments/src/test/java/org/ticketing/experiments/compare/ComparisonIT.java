package org.ticketing.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.ticketing.experiments.compare.ComparisonPart.RATES;
import static org.ticketing.experiments.compare.ComparisonPart.READERS;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.compare.Results.PlayedPart;
import org.ticketing.experiments.compare.Results.Settings;
import org.ticketing.experiments.report.ProgressListener;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.Systems;
import org.ticketing.workload.Workload;
import org.ticketing.workload.Workload.Mix;

class ComparisonIT {

  private static final Plan PLAN =
      new Plan(
          List.of("monolith", "uncoordinated"),
          false,
          List.of(RATES, READERS),
          new Settings(
              false,
              1,
              60,
              1,
              1,
              StackOptions.QUICK_COMPILER,
              new Workload(40, 8, new Mix(0, 0.1, 0, 0, 1))),
          new SweepSettings(Duration.ofSeconds(2), Duration.ZERO, 1, 32),
          false);

  @Test
  void isContinuedAfterAnInterruptionWithoutPlayingAgainWhatItHas() throws Exception {
    Path directory;
    try (LocalStack stack = start()) {
      directory = stack.directory();
      Comparison interrupted =
          comparison(stack, SavedRun.begin(directory), ComparisonIT::interruptAtReaders);

      assertThatExceptionOfType(Interruption.class).isThrownBy(() -> interrupted.run("compare"));
    }
    List<String> played = new ArrayList<>();
    try (LocalStack stack = start()) {
      Results results =
          comparison(stack, SavedRun.interrupted(directory), played::add).run("compare --resume");

      assertThat(played).noneMatch(step -> step.startsWith("rates"));
      assertThat(results.sweeps()).extracting(Sweep::part).containsExactly("rates", "readers");
      assertThat(results.played()).extracting(PlayedPart::part).containsExactly("rates", "readers");
      assertThat(results.sweeps().get(0).knee("uncoordinated")).isPresent();
      assertThat(results.sweeps().get(1).steps()).last().satisfies(ComparisonIT::wasWatched);
      assertThat(results.isAsExpected()).isTrue();
      assertThat(directory.resolve("results.json")).isRegularFile();
      assertThat(directory.resolve("parts")).doesNotExist();
    }
  }

  private static void wasWatched(Sweep.Step step) {
    assertThat(step.systems())
        .allSatisfy(one -> assertThat(one.seen().fracturedReads().watched()).isPositive());
  }

  private static LocalStack start() {
    return LocalStack.start(
        StackOptions.forSystems(Systems.named("monolith"), Systems.named("uncoordinated"))
            .withJvmOptions(StackOptions.QUICK_COMPILER));
  }

  private static Comparison comparison(LocalStack stack, SavedRun saved, Consumer<String> onStep) {
    return new Comparison(
        stack,
        Path.of(System.getProperty(StackOptions.HOME_PROPERTY)),
        PLAN,
        saved,
        new ProgressListener() {
          @Override
          public void accept(String line) {}

          @Override
          public void step(int done, int all, String what) {
            onStep.accept(what);
          }
        });
  }

  private static void interruptAtReaders(String step) {
    if (step.startsWith("readers")) {
      throw new Interruption();
    }
  }

  /** As if the process had been killed. */
  private static final class Interruption extends RuntimeException {}
}
