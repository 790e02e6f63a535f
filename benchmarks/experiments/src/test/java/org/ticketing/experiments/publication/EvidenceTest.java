package org.ticketing.experiments.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ticketing.experiments.compare.LeveredSystem;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.crash.CrashResults;
import tools.jackson.databind.node.ObjectNode;

class EvidenceTest {

  @TempDir private Path folder;

  @Test
  void whatTheCommandsWriteIsReadBackUnchanged() throws IOException {
    Results comparison = Fixtures.evidence().comparison().orElseThrow();
    CrashResults crashes = Fixtures.evidence().crashes().orElseThrow();
    Files.writeString(folder.resolve("compare.json"), comparison.toJson());
    Files.writeString(folder.resolve("crash.json"), crashes.toJson());

    Evidence again = Evidence.read(folder);

    assertThat(again.comparison()).contains(comparison);
    assertThat(again.crashes()).contains(crashes);
  }

  @Test
  void aComparisonOfLeversAloneIsNotTakenForTheComparison() {
    Fixtures.copyTo(folder, "compare.json", "mine.json", Fixtures::pullLevers);
    Fixtures.copyTo(folder, "compare.json", "other.json", json -> {});

    Evidence mine = Evidence.of(List.of(folder.resolve("mine.json"), folder.resolve("other.json")));

    assertThat(mine.leveredSystems()).hasSize(1);
    assertThat(mine.comparison().orElseThrow().levers()).isEmpty();
    assertThat(mine.again()).isEmpty();
  }

  @Test
  void theCrashMatrixMayBeInParts() throws IOException {
    CrashResults crashes = Fixtures.evidence().crashes().orElseThrow();
    Files.writeString(folder.resolve("crash.json"), crashes.toJson());
    Files.writeString(folder.resolve("crash-2.json"), crashes.toJson());

    assertThat(Evidence.read(folder).crashes().orElseThrow().cells())
        .hasSize(2 * crashes.cells().size());
  }

  @Test
  void aMatrixInPartsHasTheServersOfAllAndTookAsLongAsAll() throws IOException {
    CrashResults.Run run = Fixtures.evidence().crashes().orElseThrow().run();
    Fixtures.copyTo(folder, "crash.json", "crash.json", json -> {});
    Fixtures.copyTo(
        folder,
        "crash.json",
        "crash-2.json",
        json -> {
          ObjectNode other = (ObjectNode) json.path("run");
          other.put("startedAt", run.finishedAt().plusSeconds(600).toString());
          other.put("finishedAt", run.finishedAt().plusSeconds(700).toString());
          other.putObject("durability").putObject("another server").put("fsync", "on");
        });

    CrashResults.Run joined = Evidence.read(folder).crashes().orElseThrow().run();

    assertThat(joined.durability())
        .containsKey("another server")
        .containsAllEntriesOf(run.durability());
    assertThat(joined.startedAt()).isEqualTo(run.startedAt());
    assertThat(joined.finishedAt()).isEqualTo(run.finishedAt().plusSeconds(100));
  }

  @Test
  void partsInWhichAServerRanDifferentlyAreRefused() throws IOException {
    String server =
        Fixtures.evidence().crashes().orElseThrow().run().durability().keySet().iterator().next();
    Fixtures.copyTo(folder, "crash.json", "crash.json", json -> {});
    Fixtures.copyTo(
        folder,
        "crash.json",
        "crash-2.json",
        json ->
            ((ObjectNode) json.path("run").path("durability"))
                .putObject(server)
                .put("fsync", "off"));

    assertThatThrownBy(() -> Evidence.read(folder))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining(server + " ran differently");
  }

  @Test
  void partsOfDifferentSourcesAreRefused() throws IOException {
    Fixtures.copyTo(folder, "crash.json", "crash.json", json -> {});
    Fixtures.copyTo(
        folder,
        "crash.json",
        "crash-2.json",
        json -> ((ObjectNode) json.path("run").path("project")).put("commit", "0".repeat(40)));

    assertThatThrownBy(() -> Evidence.read(folder))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining("different sources");
  }

  @Test
  void partsOfDifferentMachinesAreRefused() {
    Fixtures.copyTo(folder, "crash.json", "crash.json", json -> {});
    Fixtures.copyTo(
        folder,
        "crash.json",
        "crash-2.json",
        json -> ((ObjectNode) json.path("run").path("machine")).put("processors", 64));

    assertThatThrownBy(() -> Evidence.read(folder))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining("crash.json in " + folder)
        .hasMessageContaining("different machines");
  }

  @Test
  void leversMayBeInPartsOfDifferentMachines() {
    Fixtures.copyTo(
        folder, "compare.json", "levers.json", json -> Fixtures.pullLeversOf("xa", json));
    Fixtures.copyTo(
        folder,
        "compare.json",
        "levers-2.json",
        json -> {
          Fixtures.pullLeversOf("tcc", json);
          ((ObjectNode) json.path("environment").path("machine")).put("processors", 64);
        });

    Evidence evidence = Evidence.read(folder);

    assertThat(evidence.leveredSystems())
        .extracting(LeveredSystem::system)
        .containsExactly("xa", "tcc");
    assertThat(new RunFacts(evidence).runs())
        .containsSubsequence("| levers of xa | ", "| 2 processors")
        .containsSubsequence("| levers of tcc | ", "| 64 processors");
  }

  @ParameterizedTest
  @CsvSource({
    "tcc, 0, 3, different sources",
    "tcc, f, 7, different settings",
    "xa, f, 3, two of its parts have measured xa"
  })
  void partsOfLeversThatDoNotFitAreRefused(String system, String digit, int rounds, String why) {
    for (String name : List.of("levers.json", "levers-2.json")) {
      boolean second = name.equals("levers-2.json");
      Fixtures.copyTo(
          folder,
          "compare.json",
          name,
          json -> {
            Fixtures.pullLeversOf(second ? system : "xa", json);
            ((ObjectNode) json.path("environment").path("project"))
                .put("commit", (second ? digit : "f").repeat(40));
            ((ObjectNode) json.path("settings")).put("measuredRounds", second ? rounds : 3);
          });
    }

    assertThatThrownBy(() -> Evidence.read(folder))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining("levers.json in " + folder)
        .hasMessageContaining(why);
  }

  @Test
  void hasTheFiguresOfTheFile() {
    Results comparison = Fixtures.evidence().comparison().orElseThrow();

    assertThat(comparison.settings().workload().clients()).isEqualTo(8);
    assertThat(comparison.systems().get(2).ratios().p50().median()).isEqualTo(1.3334001202163894);
    assertThat(comparison.sweeps().get(0).steps().get(0).settings().duration())
        .isEqualTo(Duration.ofSeconds(20));
    assertThat(Fixtures.evidence().crashes().orElseThrow().cells().get(1).impact().blocked())
        .isEqualTo(15_600);
  }

  @Test
  void hasMicroBenchmarksWithTheirMedians() {
    assertThat(Fixtures.evidence().microBenchmarks())
        .extracting(MicroBenchmark::name)
        .contains("LocalCommits.commit");
    assertThat(Fixtures.evidence().microBenchmarks())
        .filteredOn(one -> one.name().equals("LocalCommits.commit"))
        .extracting(MicroBenchmark::median)
        .containsExactly(24248.32);
  }

  @Test
  void isEmptyWhereNothingWasMeasured() {
    Evidence evidence = Evidence.read(folder);

    assertThat(evidence.isEmpty()).isTrue();
    assertThat(evidence.comparison()).isEmpty();
    assertThat(evidence.published()).isEmpty();
  }

  @Test
  void tellsResultsOfOnesOwnApartByWhatIsInThem() {
    Path fixtures = Fixtures.folder();

    Evidence evidence =
        Evidence.of(
            List.of(
                fixtures.resolve("jmh.json"),
                fixtures.resolve("crash.json"),
                fixtures.resolve("compare.json"),
                fixtures.resolve("compare.json")));

    assertThat(evidence.comparison()).isPresent();
    assertThat(evidence.again()).isPresent();
    assertThat(evidence.crashes()).isPresent();
    assertThat(evidence.microBenchmarks()).isNotEmpty();
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    assertThatThrownBy(() -> Evidence.of(List.of(folder.resolve("nowhere.json"))))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining("There is no file")
        .hasMessageContaining("nowhere.json");
    assertThatThrownBy(() -> Evidence.read(folder.resolve("nowhere")))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining("is no folder");
  }

  @Test
  void aFileThatIsNoJsonIsNamedInOneLine() throws IOException {
    Files.writeString(folder.resolve("compare.json"), "figures:\n  none\n");

    assertThatThrownBy(() -> Evidence.read(folder))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining("compare.json is no JSON")
        .message()
        .hasLineCount(1);
  }

  @Test
  void aFileOfAnotherVersionIsRefused() {
    Fixtures.copyTo(folder, "compare.json", "compare.json", json -> json.put("schemaVersion", 4));

    assertThatThrownBy(() -> Evidence.read(folder))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining("has schema version 4, but version " + Results.SCHEMA_VERSION);
  }

  @Test
  void aFileOfAnotherKindIsRefused() {
    Fixtures.copyTo(folder, "crash.json", "compare.json", json -> {});

    assertThatThrownBy(() -> Evidence.read(folder))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining("has crashes, not a comparison");
  }

  @Test
  void aFileThatHasNoResultsIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("other.json"), "{\"figures\": []}");

    assertThatThrownBy(() -> Evidence.of(List.of(file)))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining("has no results of compare, crash, or jmh");
  }

  @Test
  void publishedFiguresThatAreNoneAreRefused() throws IOException {
    Files.writeString(folder.resolve("published.yaml"), "by: [unclosed");

    assertThatThrownBy(() -> Evidence.read(folder))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining("published.yaml is no list of published figures");
  }
}
