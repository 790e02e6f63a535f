package org.ticketing.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ticketing.stack.StackOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs {@code java -jar jmh.jar} as a user does, with benchmarks that start in seconds. */
class MicroBenchmarksIT {

  private static final String[] BRIEFLY = {"-f", "1", "-wi", "0", "-i", "1", "-r", "100ms"};

  @TempDir private Path folder;

  @Test
  void eachBenchmarkHasAScoreAndItsRunIsToldBefore() throws Exception {
    int exitCode =
        run(
            arguments(
                "LocalCommits|RawXa.inParallel|NarayanaCommits|AtomikosCommits|DecisionLogAppend.two"
                    + "|SagaEngineLog|SeataTcc",
                "-p",
                "parallel=false",
                "-p",
                "log=OWN",
                "-p",
                "memory=NOBODY",
                "-p",
                "branches=2"));

    assertThat(exitCode).as(printed()).isZero();
    assertThat(printed().lines().skip(1).findFirst().orElseThrow())
        .startsWith("0 min 0 s of iterations in 7 forks");
    assertThat(scores())
        .hasSize(7)
        .allSatisfy(result -> assertThat(score(result)).as(result.toString()).isPositive());
  }

  @Test
  void aPatternThatMatchesNothingGetsOneLineWithTheNamesThatExist() throws Exception {
    assertThat(run(List.of("Heroic.*"))).isEqualTo(2);

    assertThat(printed().lines()).hasSize(1);
    assertThat(printed()).contains("Heroic.*", "LocalCommits.commit", "AtomikosCommits.commit");
  }

  @ParameterizedTest
  @CsvSource({"-l, LocalCommits", "-lp, memory", "-lprof, gc", "-lrf, json"})
  void whatOnlyListsRunsNothing(String option, String listed) throws Exception {
    assertThat(run(List.of(option))).as(printed()).isZero();

    assertThat(printed()).contains(listed).doesNotContain("results: ");
  }

  @Test
  void anUnknownOptionGetsOneLine() throws Exception {
    assertThat(run(List.of("--heroic"))).isEqualTo(2);

    assertThat(printed().lines()).hasSize(1);
  }

  /** JMH writes an array with an object for each benchmark and its parameters. */
  private List<JsonNode> scores() throws IOException {
    Path results =
        Path.of(
            printed()
                .lines()
                .filter(line -> line.startsWith("results: "))
                .findFirst()
                .orElseThrow()
                .substring("results: ".length()));
    return StreamSupport.stream(
            JsonMapper.shared().readTree(Files.readString(results)).spliterator(), false)
        .toList();
  }

  private static double score(JsonNode result) {
    return result.path("primaryMetric").path("score").asDouble();
  }

  private static List<String> arguments(String... chosen) {
    List<String> arguments = new ArrayList<>(List.of(chosen));
    arguments.addAll(List.of(BRIEFLY));
    return arguments;
  }

  private int run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-jar");
    command.add(
        Path.of(System.getProperty(StackOptions.HOME_PROPERTY), "benchmarks/jmh/target/jmh.jar")
            .toString());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output().toFile())
        .start()
        .waitFor();
  }

  private Path output() {
    return folder.resolve("output");
  }

  private String printed() throws IOException {
    return Files.readString(output());
  }
}
