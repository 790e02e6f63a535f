package org.ticketing.experiments.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ticketing.experiments.publication.Conclusions.Protocol;
import org.ticketing.experiments.publication.Conclusions.Verdict;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ConclusionsTest {

  private static final String ALONE = "a single payment must be fast";
  private static final String UNRELATED =
      "other payments of a customer must not wait for what has failed";

  @TempDir private Path folder;

  @Test
  void theFastestIsChosenForASinglePaymentAndTheSlowestLoses() {
    Conclusions conclusions =
        of(
            comparison -> {
              Fixtures.setP50(comparison, "xa", 1.3);
              Fixtures.setP50(comparison, "saga", 2);
              Fixtures.setP50(comparison, "tcc", 2.8);
            });

    assertThat(first(conclusions, "xa")).contains(ALONE);
    assertThat(last(conclusions, "tcc")).contains(ALONE);
    assertThat(first(conclusions, "saga")).doesNotContain(ALONE);
    assertThat(last(conclusions, "saga")).doesNotContain(ALONE);
  }

  @Test
  void theChoiceFollowsTheFigures() {
    Conclusions conclusions =
        of(
            comparison -> {
              Fixtures.setP50(comparison, "xa", 2.8);
              Fixtures.setP50(comparison, "saga", 2);
              Fixtures.setP50(comparison, "tcc", 1.3);
            });

    assertThat(first(conclusions, "tcc")).contains(ALONE);
    assertThat(last(conclusions, "xa")).contains(ALONE);
  }

  @Test
  void anOrderThatTheRangesDoNotShowIsNotClaimed() {
    Conclusions conclusions =
        of(
            comparison -> {
              Fixtures.setP50(comparison, "xa", 1.31);
              Fixtures.setP50(comparison, "saga", 1.3);
              Fixtures.setP50(comparison, "tcc", 1.3);
            });

    assertThat(conclusions.protocols())
        .allSatisfy(
            protocol -> {
              assertThat(first(conclusions, protocol.name())).doesNotContain(ALONE);
              assertThat(last(conclusions, protocol.name())).doesNotContain(ALONE);
            });
    assertThat(conclusions.undecided())
        .anySatisfy(
            one -> {
              assertThat(one.title()).startsWith("p50 of one client");
              assertThat(one.leading()).contains("`xa`", "`saga`", "`tcc`");
            });
  }

  @Test
  void whatIsNoFurtherApartThanTheControlIsNotToldApart() {
    Consumer<ObjectNode> change =
        comparison -> {
          Fixtures.setP50(comparison, "xa", 1.3);
          Fixtures.setP50(comparison, "saga", 1.5);
          Fixtures.setP50(comparison, "tcc", 2.8);
        };

    assertThat(first(of(change), "xa")).contains(ALONE);
    Conclusions noisy =
        of(change.andThen(comparison -> Fixtures.setP50(comparison, "control", 0.8)));
    assertThat(first(noisy, "xa")).doesNotContain(ALONE);
    assertThat(last(noisy, "tcc")).contains(ALONE);
  }

  @Test
  void theStepOfASweepIsJudgedByTheNoiseOfAll() {
    String rates = "the slowest of a hundred customers counts near saturation";
    assertThat(first(of(comparison -> {}), "xa")).contains(rates);

    Conclusions noisy =
        of(
            comparison -> {
              for (JsonNode step : comparison.get("sweeps").get(3).get("steps")) {
                ObjectNode control = (ObjectNode) step.get("systems").get(0).deepCopy();
                control.put("system", "control");
                control.set("p99", ((ObjectNode) control.get("p99")).put("median", 0.5));
                ((ArrayNode) step.get("systems")).add(control);
              }
            });

    assertThat(first(noisy, "xa")).doesNotContain(rates);
  }

  @Test
  void aFigureThatIsMissingIsSaidToBeMissing() {
    Conclusions conclusions =
        of(comparison -> Fixtures.system(comparison, "saga").putNull("ratios"));

    assertThat(conclusions.missing())
        .anySatisfy(
            one -> {
              assertThat(one.title()).startsWith("p50 of one client");
              assertThat(one.systems()).isEqualTo("`saga`");
              assertThat(one.command()).startsWith("./ticketing compare");
            });
  }

  @Test
  void whatWasNotMeasuredAtAllIsSaidToBeMissing() {
    assertThat(of(comparison -> {}).missing())
        .anySatisfy(
            one -> {
              assertThat(one.command()).isEqualTo("./ticketing crash");
              assertThat(one.systems()).isEqualTo("any protocol");
            });
  }

  @Test
  void everyProtocolHasALosingCaseWhereOneIsMeasured() {
    assertThat(Conclusions.of(Fixtures.evidence()).protocols())
        .hasSize(3)
        .allMatch(protocol -> protocol.hasLast() || protocol.furthest() != null);
  }

  @Test
  void theLongestBlockingIsThatOfItsCell() {
    assertThat(protocol(withBlockedXa(20_000), "xa").last())
        .anySatisfy(
            verdict -> {
              assertThat(verdict.figure()).isEqualTo("20.0 s (`decided`, kill payment)");
              assertThat(verdict.others()).contains("`tcc` 9.1 s", "`saga` 9.5 s");
            });
  }

  @Test
  void timesThatWereSeenOnceAreToldApartWhenOneIsTwiceTheOther() {
    assertThat(last(withBlockedXa(20_000), "xa")).contains(UNRELATED);
    assertThat(last(withBlockedXa(18_000), "xa")).doesNotContain(UNRELATED);
  }

  private Conclusions withBlockedXa(long millis) {
    return Conclusions.of(
        Fixtures.with(
            folder,
            "crash.json",
            crashes ->
                ((ObjectNode) crashes.get("cells").get(1).get("impact")).put("blocked", millis)));
  }

  @Test
  void neitherBaselinesNorTheControlAreConcludedAbout() {
    assertThat(Conclusions.of(Fixtures.evidence()).protocols())
        .extracting(Protocol::name)
        .containsExactly("xa", "tcc", "saga");
  }

  @Test
  void aVariantIsShownBesideItsProtocolAndTakesNothingFromIt() {
    Conclusions conclusions =
        of(
            comparison -> {
              Fixtures.setP50(comparison, "xa", 2.8);
              Fixtures.setP50(comparison, "tcc", 1.3);
              Fixtures.setP50(comparison, "saga", 1.5);
              Fixtures.system(comparison, "tcc").put("system", "choreography");
              Fixtures.system(comparison, "saga").put("system", "choreographykafka");
            });

    assertThat(conclusions.protocols())
        .extracting(Protocol::name)
        .contains("choreography")
        .doesNotContain("choreographykafka");
    assertThat(first(conclusions, "choreography")).contains(ALONE);
    assertThat(conclusions.variants())
        .singleElement()
        .satisfies(
            variant -> {
              assertThat(variant.of()).isEqualTo("choreography");
              assertThat(variant.table())
                  .contains("| measure | `choreographykafka` | `choreography` | clearly better |")
                  .containsPattern(
                      "p50 of one client.* \\| 1\\.50 .* \\| 1\\.30 .* \\| `choreography` \\|");
            });
  }

  @Test
  void aVariantWithoutItsProtocolStandsForIt() {
    Conclusions conclusions =
        of(comparison -> Fixtures.system(comparison, "saga").put("system", "choreographykafka"));

    assertThat(conclusions.protocols()).extracting(Protocol::name).contains("choreographykafka");
    assertThat(conclusions.variants()).isEmpty();
  }

  private Conclusions of(Consumer<ObjectNode> change) {
    return Conclusions.of(Fixtures.with(folder, "compare.json", change));
  }

  private static List<String> first(Conclusions conclusions, String protocol) {
    return protocol(conclusions, protocol).first().stream().map(Verdict::when).toList();
  }

  private static List<String> last(Conclusions conclusions, String protocol) {
    return protocol(conclusions, protocol).last().stream().map(Verdict::when).toList();
  }

  private static Protocol protocol(Conclusions conclusions, String name) {
    return conclusions.protocols().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
