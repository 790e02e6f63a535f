package org.ticketing.experiments.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class PublicationTest {

  private static final Pattern HEADING = Pattern.compile("^#{1,4} (.+)$", Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("\\(#([^)]+)\\)");
  private static final Pattern LINK_TO_RESULTS = Pattern.compile("RESULTS\\.md#([a-z0-9-]+)");

  @TempDir private Path folder;

  @Test
  void theSameFilesMakeTheSameBytes() {
    assertThat(results(Fixtures.folder())).isEqualTo(results(Fixtures.folder()));
    assertThat(Publication.questions(Fixtures.evidence()))
        .isEqualTo(Publication.questions(Fixtures.evidence()));
  }

  @Test
  void everyLinkWithinTheResultsHasItsHeading() {
    String page = results(Fixtures.folder());

    assertThat(found(LINK, page)).isNotEmpty().isSubsetOf(anchors(page));
  }

  @Test
  void everyQuestionLinksToASectionOfTheResultsAndNamesACommand() {
    String questions = Publication.questions(Fixtures.evidence());
    List<String> answers = Stream.of(questions.split("(?m)^## ")).skip(1).toList();

    assertThat(answers)
        .hasSize(17)
        .allSatisfy(
            answer -> assertThat(answer).contains("../RESULTS.md#").contains("./ticketing "));
    assertThat(found(LINK_TO_RESULTS, questions)).isSubsetOf(anchors(results(Fixtures.folder())));
  }

  @Test
  void questionsAreAnsweredWithTheFiguresOfTheResults() {
    assertThat(Publication.questions(Fixtures.evidence()))
        .contains("15.6 s (`decided`, kill payment)")
        .contains("2.86 (2.64-3.08) for `tcc`, 1.33 (1.28-1.39) for `xa`; `xa` is clearly better.")
        .contains("`xa`: up to 60 a second")
        .contains("`xa` in 2 of 2 cells");
  }

  @Test
  void whatIsAbsentIsSaidToBeAbsent() throws IOException {
    String page = results(Files.createDirectories(folder.resolve("empty")));

    assertThat(page)
        .contains("Nothing can be concluded: no protocol was measured.")
        .contains("Not measured. `./ticketing crash`")
        .contains("Not measured. `./ticketing jmh`")
        .contains("Not measured. `./ticketing compare --only levers`")
        .contains("No published figures are among these files.")
        .contains("no such run is among these files")
        .contains("There was one run only")
        .doesNotContain("**Choose");
    assertThat(Publication.questions(Evidence.read(folder.resolve("empty"))))
        .contains("not measured")
        .contains("Not measured yet.");
  }

  @Test
  void theResultsHaveWhatEachLeverBoughtAndWhatItCost() {
    Fixtures.copyTo(folder, "compare.json", "levers.json", Fixtures::pullLevers);

    assertThat(results(folder))
        .contains("- `cached`: look-ups are remembered for two seconds")
        .contains(
            "| `xa` | none | 6.3 ms | 120/s | 8.5 ms | 21.0 ms | - | 9.0 | 1,500 | - | - | 0 |")
        .contains(
            "| `xa` | `cached` | 0.88 (0.84-0.92) | 1.10 (1.05-1.15) | 0.80 (0.75-0.85) | - | - | 7.2 |")
        .contains("| 1,985 | 0 of 8 |")
        .contains("| levers | ")
        .contains("Not measured. `./ticketing compare --full --only rounds`");
  }

  @Test
  void theQuestionOfLeversIsAnsweredWithTheLowestAndTheHighestOfEachRatio() {
    Fixtures.copyTo(folder, "compare.json", "levers.json", Fixtures::pullLevers);
    Fixtures.copyTo(
        folder,
        "compare.json",
        "levers-2.json",
        json -> {
          Fixtures.pullLeversOf("tcc", json);
          ObjectNode cached =
              (ObjectNode) json.get("levers").get(0).get("levers").get(0).get("p50");
          cached.put("median", 0.95);
        });

    assertThat(Publication.questions(Evidence.read(folder)))
        .contains(
            "- `cached` (look-ups are remembered for two seconds): processor time 0.88 to 0.88"
                + " (0.84-0.92 in single rounds), throughput 1.10 to 1.10 (1.05-1.15 in single"
                + " rounds), p50 0.80 to 0.95 (0.75-0.85 in single rounds)\n");
  }

  @Test
  void theResultsSayOfWhichSystemsTheLeversAreMissing() {
    Fixtures.copyTo(folder, "compare.json", "compare.json", json -> {});
    Fixtures.copyTo(folder, "compare.json", "levers.json", Fixtures::pullLevers);

    assertThat(results(folder))
        .containsPattern("`./ticketing compare --only levers .*\\btcc\\b.*`")
        .doesNotContainPattern("`./ticketing compare --only levers .*\\b(xa|control)\\b.*`");
  }

  @Test
  void theResultsSayThatUnitsOfDifferentPartsAreNotToBeCompared() {
    String warning = "of *none* within a part alone";
    Fixtures.copyTo(folder, "compare.json", "levers.json", Fixtures::pullLevers);
    assertThat(results(folder)).doesNotContain(warning);

    Fixtures.copyTo(
        folder, "compare.json", "levers-2.json", json -> Fixtures.pullLeversOf("tcc", json));
    assertThat(results(folder))
        .contains(warning)
        .contains("| `tcc` | none | ")
        .contains("| levers of tcc | ");
  }

  @Test
  void theResultsSayWhoBrokeAndKeptThePromise() {
    assertThat(results(Fixtures.folder()))
        .contains("**Do not choose `uncoordinated`**: it broke 681 of")
        .contains("**Choose `monolith`** while one database can hold all of it")
        .contains("With faults the promise was kept in 2 of 2 cells; violations: 0.")
        .contains("No promise was broken in any cell.");
  }

  @Test
  void aBrokenPromiseIsShownWithItsCell() {
    Fixtures.copyTo(
        folder,
        "crash.json",
        "crash.json",
        json -> {
          ObjectNode cell = (ObjectNode) json.get("cells").get(1);
          ((ObjectNode) cell.get("found")).putArray("broken").add("violations");
        });

    assertThat(results(folder))
        .contains("| `xa` | `decided`, kill payment | violations |")
        .contains("With faults the promise was kept in 1 of 2 cells")
        .doesNotContain("No promise was broken");
  }

  @Test
  void theNoiseIsThatOfTheControl() {
    assertThat(results(Fixtures.folder()))
        .contains("second time as `control`")
        .contains("p50 0.99 (0.96-1.04)");
  }

  @Test
  void twoRunsAgreeOrHaveARange() {
    Fixtures.copyTo(folder, "compare.json", "compare.json", json -> {});
    Fixtures.copyTo(
        folder, "compare.json", "compare-2.json", json -> Fixtures.setP50(json, "xa", 2));

    assertThat(results(folder))
        .containsPattern(
            "\\| `xa` \\| p50 \\| 1\\.33 .* \\| 2\\.00 .* \\| \\+50 % \\| range 1\\.28-2\\.02 \\|")
        .containsPattern("\\| `tcc` \\| p50 .* \\| \\+0 % \\| agree \\|")
        .contains("19 of 20 ratios of the two runs agree within 10 %");
  }

  @Test
  void whatElseIsDifferentOfTwoRunsIsSaid() {
    Fixtures.copyTo(folder, "compare.json", "compare.json", json -> {});
    Fixtures.copyTo(folder, "compare.json", "compare-2.json", json -> {});
    for (String other : List.of("compare-mariadb.json", "compare-mysql.json")) {
      Fixtures.copyTo(
          folder,
          "compare.json",
          other,
          json -> {
            ObjectNode environment = (ObjectNode) json.get("environment");
            ((ObjectNode) environment.get("machine")).put("processor", "another");
            ((ObjectNode) environment.get("project")).put("commit", "another");
          });
    }

    assertThat(results(folder))
        .contains("The run on mysql is of another machine and another commit")
        .contains(" The run on mariadb is of another machine and another commit")
        .doesNotContain("The second run is of another");
  }

  @Test
  void databasesAreComparedWhereTwoWereMeasured() {
    Fixtures.copyTo(folder, "compare.json", "compare.json", json -> {});
    Fixtures.copyTo(
        folder, "compare.json", "compare-mariadb.json", json -> Fixtures.setP50(json, "xa", 2));

    assertThat(results(folder))
        .containsPattern(
            "\\| `xa` \\| p50 \\| 1\\.33 .* \\| mariadb \\| 2\\.00 .* \\| \\*\\*differ\\*\\* \\|")
        .containsPattern("\\| `tcc` \\| p50 .* \\| not told apart \\|");
  }

  @Test
  void systemsThatRanAsShippedHaveRowsOfTheirOwn() {
    Fixtures.copyTo(folder, "compare.json", "compare.json", json -> {});
    Fixtures.copyTo(
        folder,
        "compare.json",
        "compare-stock.json",
        json -> {
          ObjectNode changes = (ObjectNode) json.get("environment").get("changes");
          ((ObjectNode) changes.get("atomikos")).put("asShipped", true);
          Fixtures.setP50(json, "xa", 3);
        });

    assertThat(results(folder))
        .containsPattern("\\| `xa` as shipped \\| .* \\| 3\\.00 \\(2\\.97-3\\.03\\) \\|")
        .doesNotContain("`tcc` as shipped");
  }

  @Test
  void countedCostStandsBesideTheLeast() {
    assertThat(results(Fixtures.folder()))
        .containsPattern("\\| `xa` \\| 7\\.00 \\| 7 \\| 6\\.00 \\| 6 \\|")
        .containsPattern("\\| `xa` \\| 9 \\| 3 \\| 2\\.40 \\| 2\\.70 \\|");
  }

  @Test
  void publishedRatiosStandBesideOurs() {
    assertThat(results(Fixtures.folder()))
        .containsPattern(
            "\\[TX-LCN\\]\\(https://.*\\) \\| TCC .*Dubbo \\| 0\\.71 \\| 0\\.\\d\\d \\(.*\\) \\| `tcc` / `uncoordinated` \\|");
  }

  @Test
  void theSmallestHistoryIsShown() {
    assertThat(results(Fixtures.folder()))
        .contains("**A payment was refused, and its points are gone**")
        .contains("uncoordinated-refused-with-points-used.jsonl")
        .contains("refused: reservation-expired")
        .contains("not given back");
  }

  @Test
  void figuresMeasuredWithoutDurabilityCarryAWarning() {
    Fixtures.copyTo(
        folder,
        "compare.json",
        "compare.json",
        json -> json.put("unsafe", true).putArray("notDurable").add("MariaDB does not flush"));

    assertThat(results(folder))
        .contains("**Measured although a server may lose commits: MariaDB does not flush**");
  }

  @Test
  void aServerAsShippedThatMayLoseCommitsSpoilsItsOwnRowsAlone() {
    Fixtures.copyTo(folder, "compare.json", "compare.json", json -> {});
    Fixtures.copyTo(
        folder,
        "compare.json",
        "compare-stock.json",
        json -> json.put("unsafe", true).putArray("notDurable").add("Kafka does not flush"));

    assertThat(results(folder))
        .contains("**As shipped, a server may lose what it has acknowledged")
        .contains("are not comparable with any others: Kafka does not flush**")
        .doesNotContain("Measured although");
  }

  @Test
  void digestsOfHistoriesThatAreLeftOutAreKeptOnce() throws IOException {
    Path history = Files.writeString(folder.resolve("history-xa.jsonl"), "a");
    Publication.leaveOut(folder, history);
    Files.writeString(history, "");
    Publication.leaveOut(folder, history);

    assertThat(Files.readAllLines(folder.resolve("left-out.sha256")))
        .containsExactly(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  history-xa.jsonl");
  }

  private static String results(Path folder) {
    return Publication.results(Evidence.read(folder), folder, List.of());
  }

  private static List<String> found(Pattern pattern, String page) {
    return pattern.matcher(page).results().map(match -> match.group(1)).distinct().toList();
  }

  /** As GitHub makes them of headings. */
  private static List<String> anchors(String page) {
    return found(HEADING, page).stream()
        .map(heading -> heading.toLowerCase().replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
        .toList();
  }
}
