package org.ticketing.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.ticketing.experiments.compare.ComparisonPart.LEVERS;
import static org.ticketing.experiments.compare.ComparisonPart.RATES;
import static org.ticketing.experiments.compare.ComparisonPart.ROUNDS;
import static org.ticketing.experiments.compare.ComparisonPart.WALLETS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ticketing.experiments.compare.LeveredSystem.Consequences;
import org.ticketing.experiments.compare.LeveredSystem.Unlevered;
import org.ticketing.experiments.compare.Results.Judged;
import org.ticketing.experiments.compare.Results.PlayedPart;
import org.ticketing.experiments.compare.Results.Rates;
import org.ticketing.experiments.compare.Results.Settings;
import org.ticketing.experiments.report.Environment;
import org.ticketing.experiments.report.Machine;
import org.ticketing.experiments.report.Project;
import org.ticketing.verification.FracturedReads;
import org.ticketing.workload.Departures;
import org.ticketing.workload.Workload;
import org.ticketing.workload.Workload.Mix;

class SavedRunTest {

  private static final Opening OPENING = opening("abc", "a JVM 17", plan(7));

  private static final PartResult RATES_RESULT =
      PartResult.ofSweep(
          new PlayedPart("rates", Instant.EPOCH, Instant.EPOCH.plusSeconds(60), List.of()),
          new Sweep("rates", "payments due a second", "1/s", List.of()));

  @TempDir private Path home;
  private Path directory;
  private SavedRun run;

  @BeforeEach
  void begin() throws IOException {
    directory = Files.createDirectories(home.resolve(".ticketing/runs/20260102-030405-1"));
    run = SavedRun.begin(directory);
    run.open(OPENING);
  }

  @Test
  void keepsWhatWasPlayed() throws IOException {
    run.save(new Rates(100, 20, List.of(20.0, 27.0)));
    run.save(RATES_RESULT);

    SavedRun continued = SavedRun.interrupted(directory);

    assertThat(continued.missing(plan(7)).parts()).containsExactly(ROUNDS, WALLETS);
    assertThat(continued.parts(plan(7))).containsExactly(RATES_RESULT);
    assertThat(continued.rates()).hasValue(new Rates(100, 20, List.of(20.0, 27.0)));
  }

  @Test
  void keepsLeversBySystem() throws IOException {
    Plan plan = plan(7, LEVERS);
    run.saveLevers("uncoordinated", levers("uncoordinated", 0, 60));

    SavedRun continued = SavedRun.interrupted(directory);
    assertThat(continued.missing(plan)).isEqualTo(new Missing(List.of(LEVERS), List.of("xa")));

    continued.saveLevers("xa", levers("xa", 90, 150));
    assertThat(continued.missing(plan)).isEqualTo(new Missing(List.of(), List.of()));
    assertThat(continued.parts(plan))
        .singleElement()
        .satisfies(
            part -> {
              assertThat(part.levers())
                  .extracting(LeveredSystem::system)
                  .containsExactly("uncoordinated", "xa");
              assertThat(part.played().part()).isEqualTo("levers");
              assertThat(part.played().startedAt()).isEqualTo(Instant.EPOCH);
              assertThat(part.played().finishedAt()).isEqualTo(Instant.EPOCH.plusSeconds(150));
              assertThat(part.played().systems())
                  .extracting(Judged::system)
                  .containsExactly("uncoordinated", "xa");
            });
  }

  @Test
  void whatWasNotWrittenToItsEndIsPlayedAgain() throws IOException {
    Files.writeString(directory.resolve("parts/rates.json.new"), "{\"played\":");

    assertThat(SavedRun.interrupted(directory).missing(plan(7)).parts())
        .containsExactly(ROUNDS, RATES, WALLETS);
  }

  @Test
  void theNewestInterruptedRunIsFound() throws IOException {
    Path older = Files.createDirectories(home.resolve(".ticketing/runs/20250102-030405-1"));
    SavedRun.begin(older).open(OPENING);
    Files.createDirectories(home.resolve(".ticketing/runs/20270102-030405-1"));

    assertThat(SavedRun.newestInterrupted(home).results()).hasParentRaw(directory);
  }

  @Test
  void aRunThatIsOverIsNotContinued() throws IOException {
    Files.delete(directory.resolve("parts/comparison.json"));

    assertThatExceptionOfType(NotResumableException.class)
        .isThrownBy(() -> SavedRun.interrupted(directory))
        .withMessageContaining("no unfinished comparison in " + directory);
    assertThatExceptionOfType(NotResumableException.class)
        .isThrownBy(() -> SavedRun.newestInterrupted(home));
  }

  @Test
  void itIsOpenedAgainAsWhatItBeganAs() throws IOException {
    Opening later =
        new Opening(
            "./ticketing compare --full --resume",
            Instant.EPOCH.plusSeconds(999),
            plan(7),
            OPENING.environment());

    assertThat(SavedRun.interrupted(directory).open(later)).isEqualTo(OPENING);
  }

  @Test
  void anotherCommitJdkOrSettingIsRefusedInOneLine() {
    assertRefused(opening("def", "a JVM 17", plan(7)), "another commit");
    assertRefused(opening("abc", "a JVM 21", plan(7)), "another JDK");
    assertRefused(opening("abc", "a JVM 17", plan(8)), "another choice of settings");
    assertThatCode(() -> run.open(opening("abc", "a JVM 17", plan(7)))).doesNotThrowAnyException();
  }

  private void assertRefused(Opening other, String reason) {
    assertThatExceptionOfType(NotResumableException.class)
        .isThrownBy(() -> run.open(other))
        .withMessageContaining(reason)
        .withMessageEndingWith("./ticketing compare --full")
        .satisfies(refusal -> assertThat(refusal.getMessage().lines()).hasSize(1));
  }

  private static PartResult levers(String system, int startedAt, int finishedAt) {
    Consequences none = new Consequences(4, 100, FracturedReads.NONE, new Departures(4, 0, 0));
    return PartResult.ofLevers(
        new PlayedPart(
            "levers",
            Instant.EPOCH.plusSeconds(startedAt),
            Instant.EPOCH.plusSeconds(finishedAt),
            List.of(new Judged(system, null, null))),
        new LeveredSystem(system, new Unlevered(10, null, none), List.of()));
  }

  private static Plan plan(int rounds) {
    return plan(rounds, WALLETS, RATES, ROUNDS);
  }

  private static Plan plan(int rounds, ComparisonPart... parts) {
    return new Plan(
        List.of("uncoordinated", "xa"),
        true,
        List.of(parts),
        new Settings(
            true, 40, 300, rounds, 2, List.of(), new Workload(250, 8, new Mix(0, 0, 0, 0.2, 4))),
        new SweepSettings(Duration.ofSeconds(10), Duration.ofSeconds(2), 2, 64),
        false);
  }

  private static Opening opening(String commit, String jdk, Plan plan) {
    return new Opening(
        "./ticketing compare --full",
        Instant.EPOCH,
        plan,
        new Environment(
            new Project(commit, false),
            new Machine("Linux 6", "amd64", "a processor", 2, 1 << 30, "ext4", jdk),
            Map.of("Atomikos", "6.0.0"),
            Map.of(),
            Map.of("PostgreSQL 18", Map.of("fsync", "on"))));
  }
}
