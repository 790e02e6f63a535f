package org.ticketing.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ticketing.experiments.compare.Cost.Kind;
import org.ticketing.experiments.compare.Cost.OfProcess;
import org.ticketing.experiments.compare.LeveredSystem.Consequences;
import org.ticketing.experiments.compare.LeveredSystem.Pulled;
import org.ticketing.experiments.compare.LeveredSystem.Speed;
import org.ticketing.experiments.compare.LeveredSystem.Unlevered;
import org.ticketing.experiments.compare.Results.Judged;
import org.ticketing.experiments.compare.Results.Part;
import org.ticketing.experiments.compare.Results.PlayedPart;
import org.ticketing.experiments.compare.Results.Rates;
import org.ticketing.experiments.compare.Results.Ratios;
import org.ticketing.experiments.compare.Results.Round;
import org.ticketing.experiments.compare.Results.Settings;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.compare.Results.Yardstick;
import org.ticketing.experiments.compare.Sweep.Step;
import org.ticketing.experiments.compare.Sweep.SystemStep;
import org.ticketing.experiments.counts.Count;
import org.ticketing.experiments.counts.Count.Unit;
import org.ticketing.experiments.counts.Counts;
import org.ticketing.experiments.load.LoadFigures;
import org.ticketing.experiments.load.LoadFigures.Late;
import org.ticketing.experiments.load.LoadSettings;
import org.ticketing.experiments.load.LoadSettings.Pattern;
import org.ticketing.experiments.load.LoadSettings.Sold;
import org.ticketing.experiments.load.Percentiles;
import org.ticketing.experiments.report.Audited;
import org.ticketing.experiments.report.Changes;
import org.ticketing.experiments.report.Environment;
import org.ticketing.experiments.report.Judgement;
import org.ticketing.experiments.report.Machine;
import org.ticketing.experiments.report.Project;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.stack.server.Patches;
import org.ticketing.stack.system.ProtocolCost;
import org.ticketing.stack.system.ProtocolCost.Minimum;
import org.ticketing.stack.system.ProtocolCost.SerialPath;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.FracturedReads;
import org.ticketing.verification.audit.Violation;
import org.ticketing.workload.Departures;
import org.ticketing.workload.Tally;
import org.ticketing.workload.Tally.Answers;
import org.ticketing.workload.Tally.Latency;
import org.ticketing.workload.Workload;
import org.ticketing.workload.Workload.Mix;
import org.ticketing.workload.history.Outcome;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ResultsTest {

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ResultsTest.class.getResourceAsStream("results.schema.json"));

  private static final Tally TALLY =
      new Tally(
          100,
          new Answers(
              90,
              Map.of("insufficient-points", 5, "reservation-expired", 3),
              Map.of("service-unavailable", 1),
              Map.of("outcome-unknown", 1)),
          0,
          1.5,
          60,
          new Latency(1000, 2000, 3000, 4000),
          null);

  private static final Map<String, Changes> CHANGES =
      Map.of(
          "atomikos",
          new Changes(true, null, Map.of("log", "atomikos")),
          "seata",
          new Changes(
              false, new Patches("patches.btm", "0".repeat(64), List.of("a rule")), Map.of()));

  private static final LoadFigures FIGURES =
      new LoadFigures(
          100,
          100,
          0,
          0,
          new Answers(100, Map.of(), Map.of(), Map.of()),
          new Late(1000, 0, 0, 50),
          50,
          new Percentiles(100, 4000, 5000, 6000, 7000, 7000),
          Map.of(Outcome.COMPLETED, new Percentiles(100, 4000, 5000, 6000, 7000, 7000)),
          new Percentiles(100, 4000, 5000, 6000, 7000, 7000),
          "HISTFAAAAA==");

  private static final Counts COUNTS =
      new Counts(
          "xa",
          new ProtocolCost(new Minimum(7, 6), new SerialPath(5, 3)),
          new Counts.Part(
              200, List.of(new Count(Unit.FORCED_WRITE, "postgresql", "log", 4, 0.1, 0.5))),
          new Counts.Part(50, List.of(new Count(Unit.CALL, "point", "POST /uses", 1, 0, 0))),
          List.of("forced writes of a decision log"));

  private static final List<SwitchedSystem> SWITCHED =
      List.of(
          new SwitchedSystem(
              "xa",
              5.75,
              new Ratio(1.04, 1.02, 1.06),
              new Ratio(1.01, 0.99, 1.02),
              new Ratio(1.03, 1.01, 1.05),
              new Ratio(0.98, 0.95, 1.01),
              null));

  private static final List<LeveredSystem> LEVERED =
      List.of(
          new LeveredSystem(
              "saga",
              new Unlevered(
                  6.25,
                  new Speed(120.4, 8.5, 21),
                  new Consequences(9, 1500, FracturedReads.NONE, new Departures(8, 0, 0))),
              List.of(
                  new Pulled(
                      "cached",
                      "look-ups are remembered",
                      new Ratio(0.9, 0.85, 0.95),
                      new Ratio(0.88, 0.84, 0.92),
                      new Ratio(1.1, 1.05, 1.15),
                      new Ratio(0.8, 0.75, 0.85),
                      null,
                      new Ratio(0.3, 0.25, 0.35),
                      new Consequences(
                          7.2,
                          1490,
                          new FracturedReads(90, 12, 30, 1500, 20_000, 34_600),
                          new Departures(8, 0, 1985))))));

  private static final Sweep RATES =
      new Sweep(
          "rates",
          "payments due a second",
          "1/s",
          List.of(
              step(50, systemStep("uncoordinated", true), systemStep("xa", true)),
              step(100, systemStep("uncoordinated", true), systemStep("xa", false))));

  @Test
  void areAsTheSchemaDocumentsThem() {
    assertThat(SCHEMA.validate(results(5).toJson(), InputFormat.JSON)).isEmpty();
    assertThat(SCHEMA.validate(results(5, false).toJson(), InputFormat.JSON)).isEmpty();
    assertThat(
            SCHEMA.validate(
                results(5).toJson().replace("\"asked\"", "\"unheardOf\""), InputFormat.JSON))
        .isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Violation.Kind.class)
  void theSchemaKnowsEveryKindOfViolation(Violation.Kind kind) {
    String json = results(5).toJson().replace("\"POINTS_WITHOUT_PAYMENT\"", "\"" + kind + "\"");

    assertThat(json).contains(kind.name());
    assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ComparisonPart.class)
  void theSchemaKnowsEveryPart(ComparisonPart part) {
    String json =
        results(5).toJson().replace("\"part\" : \"rates\"", "\"part\" : \"" + part + "\"");

    assertThat(json).contains("\"part\" : \"" + part + "\"");
    assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
  }

  @Test
  void areReadFromWhatTheyAreWrittenTo() {
    assertThat(JsonMapper.shared().readValue(results(5).toJson(), Results.class))
        .isEqualTo(results(5));
  }

  @Test
  void theKneeIsTheHighestRateThatASystemSustains() {
    assertThat(RATES.knee("uncoordinated")).hasValue(100);
    assertThat(RATES.knee("xa")).hasValue(50);
    assertThat(RATES.knee("unheard")).isEmpty();
  }

  @Test
  void theTableOfASweepHasRatiosToTheYardstickAndTheKnee() {
    assertThat(ResultsTable.of(results(5)).lines())
        .anyMatch(line -> line.matches("rates +uncoordinated +xa *"))
        .anyMatch(line -> line.matches("p50 +50 1/s +4\\.0 +1\\.50 \\(1\\.40-1\\.60\\) *"))
        .anyMatch(line -> line.matches("p99 +100 1/s +6\\.0 +slow *"))
        .anyMatch(line -> line.matches("knee +1/s +100 +50 *"));
  }

  @Test
  void theTableSaysWhichPartsHadSystemsThatWereNotWarm() {
    assertThat(ResultsTable.of(results(5)))
        .contains("rates: not warm, and so without ratios: saga.");
  }

  @Test
  void theTableSaysWhatTheControlIs() {
    assertThat(ResultsTable.of(results(5))).contains("Control: uncoordinated, started a second");
  }

  @Test
  void sweepsAreShownAlsoWithoutRounds() {
    assertThat(ResultsTable.of(results(List.of(), true)))
        .contains("knee")
        .doesNotContain("Cpu ms", "Floor");
  }

  @Test
  void theFirstLineBelowTheTablesSaysThatServersWereNotDurable() {
    Results durable = results(5);
    Results unsafe =
        new Results(
            durable.schemaVersion(),
            durable.startedAt(),
            durable.finishedAt(),
            durable.environment(),
            durable.settings(),
            true,
            List.of("PostgreSQL 18: fsync is off"),
            durable.yardstick(),
            durable.systems(),
            null,
            List.of(),
            List.of(),
            null,
            null,
            List.of(),
            durable.played());

    assertThat(ResultsTable.of(unsafe).lines())
        .filteredOn(line -> line.endsWith(".") || line.startsWith("UNSAFE"))
        .first()
        .asString()
        .startsWith("UNSAFE")
        .contains("PostgreSQL 18: fsync is off");
  }

  @Test
  void theTableSaysWhoKeptThePromise() {
    String table = ResultsTable.of(results(5));
    assertThat(table)
        .contains("uncoordinated: broke it 5 times, once for each late refusal, as expected.")
        .contains("saga: kept the promise");
  }

  @Test
  void theTableSaysWhenTheAuditDoesNotMatch() {
    String table = ResultsTable.of(results(4));
    assertThat(table)
        .contains("uncoordinated: NOT AS EXPECTED: 4 violations where 5 were expected");
  }

  @Test
  void theTableSaysWhenAnAnswerIsContradicted() {
    SystemResult told = results(5).systems().get(0);
    Judgement denied =
        new Judgement(false, 0, Audited.CLEAN, List.of("told completed, but is FAILED", "another"));
    SystemResult lied =
        new SystemResult(
            told.system(),
            told.warmUp(),
            told.rounds(),
            told.cost(),
            told.ratios(),
            told.tail(),
            denied,
            told.seen());

    assertThat(ResultsTable.of(results(List.of(lied), false)))
        .contains("NOT AS EXPECTED: 0 violations where 0 were expected {}, in doubt {}, 2 contra")
        .contains("told completed, but is FAILED");
  }

  @Test
  void theTableTellsProcessorTimeOfPaymentsAndOfWhatFollows() {
    assertThat(ResultsTable.of(results(5)).lines())
        .anyMatch(line -> line.matches("xa +5\\.8 +0\\.3 +1\\.8 +0\\.4 +- +4200"));
  }

  @Test
  void aSystemThatIsNotWarmIsMarkedAndHasNoRatios() {
    assertThat(ResultsTable.of(results(5)).lines())
        .anyMatch(line -> line.matches("saga +5\\.8 +0\\.3 +1\\.8 +0\\.4 +- +not warm"))
        .anyMatch(line -> line.matches("saga +- +- +- +- +- +-"))
        .anyMatch(
            line ->
                line.matches("xa +(1\\.00 \\(1\\.00-1\\.00\\) +){4}2\\.00 \\(1\\.50-3\\.00\\) +-"));
  }

  @Test
  void theTableTellsTheFloorAndWhatTheSplitCosts() {
    assertThat(ResultsTable.of(results(5)))
        .contains("Its p50 to that of monolith: 2.50 (2.00-3.00).")
        .contains("GET /users/{id} (p50 200 us), each forced write as on this disk (p50 100 us).");
    assertThat(ResultsTable.of(results(5)).lines())
        .anyMatch(line -> line.matches("uncoordinated .* 1\\.75"))
        .anyMatch(line -> line.matches("xa .*\\) +-"));
  }

  @Test
  void aRunTooShortToBeWarmShowsNoLatency() {
    assertThat(ResultsTable.of(results(5, false)))
        .contains("need the longer runs")
        .doesNotContain("p95", "Floor")
        .doesNotContainPattern("(?m)^system +throughput");
  }

  @Test
  void theTableTellsWhatItCostsToObserveASystem() {
    assertThat(ResultsTable.of(results(5))).contains("sent 30 times,", "metrics read 400 times.");
    assertThat(ResultsTable.of(results(5)).lines())
        .anyMatch(
            line ->
                line.matches("observability +cpu ms off +cpu +without compilers +with servers .*"))
        .anyMatch(
            line ->
                line.matches(
                    "xa +5\\.8 +1\\.04 \\(1\\.02-1\\.06\\) +1\\.01 \\S+ +1\\.03 .* 0\\.98 \\S+ +- *"));
  }

  @Test
  void theTableTellsWhatItCostsToLogTransactions() {
    assertThat(ResultsTable.of(results(5))).contains("wrote 5000 rows.");
    assertThat(ResultsTable.of(results(5)).lines())
        .anyMatch(
            line -> line.matches("tracking +cpu ms off +cpu +without compilers +with servers .*"));
  }

  @Test
  void theTablesTellWhatALeverBoughtAndWhatItCost() {
    assertThat(ResultsTable.of(results(5)).lines())
        .anyMatch(line -> line.matches("saga +none +6\\.3 ms +120/s +8\\.5 ms +21\\.0 ms +- *"))
        .anyMatch(
            line ->
                line.matches(
                    "saga +cached +0\\.88 \\(0\\.84-0\\.92\\) +1\\.10 \\S+ +0\\.80 \\S+ +- +0\\.30 \\S+ *"))
        .anyMatch(line -> line.matches("saga +none +9\\.0 +1500 +0 of 0 +- +0 +0 of 8 *"))
        .anyMatch(
            line ->
                line.matches("saga +cached +7\\.2 +1490 +12 of 90 +1\\.5/34\\.6 +1985 +0 of 8 *"))
        .contains("cached: look-ups are remembered.");
  }

  @Test
  void filesOfEarlierRunsHaveNoLevers() {
    ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(results(5).toJson());
    json.remove("levers");

    assertThat(JsonMapper.shared().treeToValue(json, Results.class).levers()).isEmpty();
  }

  @Test
  void costOfSeveralRoundsIsThatOfAllTheirPayments() {
    Cost small = new Cost(100, List.of(new OfProcess("payment", Kind.SERVICE, 2, 1, 0.5)));
    Cost large = new Cost(300, List.of(new OfProcess("payment", Kind.SERVICE, 4, 3, 0.1)));

    assertThat(Cost.of(List.of(small, large)))
        .isEqualTo(new Cost(400, List.of(new OfProcess("payment", Kind.SERVICE, 3.5, 2.5, 0.2))));
  }

  @Test
  void theTableSaysWhichJvmRanTheServicesAndWhichServersThereWere() {
    assertThat(ResultsTable.of(results(5)).lines())
        .contains("The services ran on a JVM 17.", "The servers were MySQL 8, PostgreSQL 18.");
  }

  @Test
  void theTableSaysWhatRanAsShipped() {
    assertThat(ResultsTable.of(results(5)))
        .contains("As shipped, without what this project changes of them: atomikos.");
  }

  @Test
  void theTableSaysWhatReadersSaw() {
    assertThat(ResultsTable.of(results(5)).lines())
        .anyMatch(line -> line.matches("saga .* 0 +0 +12 of 90 +1\\.5/34\\.6 +3"))
        .anyMatch(line -> line.matches("xa .* 0 +0 +0 of 90 +- +0"));
  }

  @Test
  void theTableTellsFailedPaymentsFromThoseOfUnknownOutcome() {
    assertThat(ResultsTable.of(results(5)).lines())
        .anyMatch(line -> line.matches("xa +400 +360 +32 +4 +4 +0 .*"));
  }

  @Test
  void noLineOfTheTableIsTooWideForATerminal() {
    assertThat(
            Stream.of(results(5), results(5, false)).map(ResultsTable::of).flatMap(String::lines))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
  }

  @Test
  void aRatioIsTheMedianWithItsRange() {
    assertThat(Ratio.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Ratio(2, 1, 3));
    assertThat(Ratio.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Ratio(2.5, 1, 4));
    assertThat(new Ratio(0.5, 0.25, 1)).hasToString("0.50 (0.25-1.00)");
  }

  private static Results results(long violationsOfUncoordinated) {
    return results(violationsOfUncoordinated, true);
  }

  private static Results results(long violationsOfUncoordinated, boolean latency) {
    return results(
        Systems.byDefault().stream()
            .map(system -> system(system, violationsOfUncoordinated, latency))
            .toList(),
        latency);
  }

  private static Results results(List<SystemResult> systems, boolean latency) {
    return new Results(
        Results.SCHEMA_VERSION,
        Instant.EPOCH,
        Instant.EPOCH.plusSeconds(60),
        new Environment(
            new Project("0123abc", false),
            new Machine("Linux 6", "amd64", "a processor", 2, 1 << 30, "ext4", "a JVM 17"),
            Map.of("Atomikos", "6.0.0"),
            CHANGES,
            Map.of("PostgreSQL 18", Map.of("fsync", "on"), "MySQL 8", Map.of())),
        new Settings(
            latency,
            20,
            120,
            1,
            2,
            List.of(),
            new Workload(100, 8, new Mix(0.05, 0.05, 0.05, 0.2, 4))),
        false,
        List.of(),
        new Yardstick(
            "uncoordinated",
            "control",
            "monolith",
            latency ? new Ratio(2.5, 2, 3) : null,
            latency
                ? new Floor(
                    200, 100, List.of(new Floor.OfSystem("uncoordinated", 4, 4, 1200, 1.75)))
                : null),
        systems,
        new Rates(100, 30, List.of(50.0, 100.0)),
        List.of(RATES),
        List.of(COUNTS),
        new ObservabilityCost(30, 400, SWITCHED),
        new TrackingCost(5000, SWITCHED),
        LEVERED,
        List.of(
            new PlayedPart(
                "rates",
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(30),
                systems.stream()
                    .map(one -> new Judged(one.system(), one.warmUp(), one.judgement()))
                    .toList())));
  }

  /** The saga did not become warm. */
  private static SystemResult system(
      SystemDescription description, long violationsOfUncoordinated, boolean latency) {
    boolean broken = description.violatesOnLateRefusal();
    long expected = broken ? 5 : 0;
    long found = broken ? violationsOfUncoordinated : 0;
    boolean warm = latency && !description.name().equals("saga");
    Ratio ratio = description.isOneProcess() ? null : new Ratio(1, 1, 1);
    Cost cost =
        new Cost(
            100,
            List.of(
                new OfProcess("payment", Kind.SERVICE, 3, 0.5, 0.25),
                new OfProcess("shop", Kind.SERVICE, 1, 1.25, 0.0),
                new OfProcess("postgresql", Kind.DATABASE, 0.25, 0.125, null)));
    return new SystemResult(
        description.name(),
        new WarmUp(4200, 60, warm, latency ? List.of(4000L, 3000L) : List.of()),
        List.of(
            new Round(1, Part.WARM_UP, TALLY, null, seenIn(description)),
            new Round(1, Part.LATENCY, TALLY, null, seenIn(description)),
            new Round(1, Part.CAPACITY, TALLY, null, seenIn(description)),
            new Round(1, Part.ACCOUNTING, TALLY, cost, seenIn(description))),
        cost,
        warm ? new Ratios(ratio, ratio, ratio, ratio) : null,
        warm ? new Ratio(2, 1.5, 3) : null,
        new Judgement(
            found == expected,
            expected,
            new Audited(
                found,
                broken ? Map.of("POINTS_WITHOUT_PAYMENT", found) : Map.of(),
                List.of(),
                Map.of()),
            List.of()),
        seenIn(description));
  }

  private static Step step(double rate, SystemStep... systems) {
    return new Step(
        rate,
        new LoadSettings(
            rate,
            Duration.ofSeconds(15),
            Pattern.CONSTANT,
            64,
            new Sold(200, 0),
            Duration.ofSeconds(2),
            null),
        List.of(systems));
  }

  private static SystemStep systemStep(String system, boolean sustained) {
    return new SystemStep(
        system,
        true,
        sustained,
        List.of(FIGURES, FIGURES),
        new Ratio(1.5, 1.4, 1.6),
        new Ratio(2.5, 2, 3),
        null);
  }

  private static Sightings seenIn(SystemDescription description) {
    return description.name().equals("saga")
        ? new Sightings(new FracturedReads(90, 12, 15, 1500, 34_000, 34_560), 3)
        : new Sightings(new FracturedReads(90, 0, 0, 0, 0, 0), 0);
  }
}
