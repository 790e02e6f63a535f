package org.ticketing.experiments.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.crash.CellResult.Impact;
import org.ticketing.experiments.crash.CellResult.Played;
import org.ticketing.experiments.crash.CrashResults.Run;
import org.ticketing.experiments.crash.CrashResults.SkippedCell;
import org.ticketing.experiments.crash.Findings.Anomalies;
import org.ticketing.experiments.crash.Findings.Answers;
import org.ticketing.experiments.crash.RandomFaultsResult.Kill;
import org.ticketing.experiments.report.Audited;
import org.ticketing.experiments.report.Changes;
import org.ticketing.experiments.report.Machine;
import org.ticketing.experiments.report.Project;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.FracturedReads;

class CrashResultsTest {

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(CrashResultsTest.class.getResourceAsStream("crash.schema.json"));

  private static final CrashPoint DECIDED = CrashPoints.of(Systems.named("xa")).get(0);

  private static final Findings KEPT =
      new Findings(
          2_100L,
          Audited.CLEAN,
          new Answers(12, List.of()),
          new Anomalies(new FracturedReads(6, 2, 5, 1_000, 12_300_000, 12_300_000), 0),
          List.of());

  private static final Findings IN_DOUBT =
      new Findings(
          null,
          new Audited(
              1,
              Map.of("POINTS_WITHOUT_PAYMENT", 1L),
              List.of("POINTS_WITHOUT_PAYMENT 1: 10 points"),
              Map.of("point branches prepared", 2L)),
          new Answers(12, List.of("told completed, but the payment is FAILED")),
          new Anomalies(FracturedReads.NONE, 0),
          List.of("violations"));

  @Test
  void areAsTheSchemaDocumentsThem() {
    String json =
        results(cell(Systems.named("xa"), KEPT), cell(Systems.named("xa"), IN_DOUBT)).toJson();

    assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
    assertThat(SCHEMA.validate(json.replace("\"outage\"", "\"unheardOf\""), InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void tellWhatWasKeptAndWhatWasBroken() {
    CrashResults kept = results(cell(Systems.named("xa"), KEPT));
    CrashResults broken =
        results(cell(Systems.named("xa"), KEPT), cell(Systems.named("xa"), IN_DOUBT));

    assertThat(kept.arePromisesKept()).isTrue();
    assertThat(CrashTable.of(kept))
        .contains(
            "2 of 6 (12.3)",
            "xa: kept the promise in all 1 cells.",
            "As shipped, without what this project changes of them: atomikos.");
    assertThat(broken.arePromisesKept()).isFalse();
    assertThat(CrashTable.of(broken))
        .contains("never", "NO", "xa: BROKE THE PROMISE in 1 of 2 cells.");
  }

  @Test
  void aSystemThatPromisesNothingBreaksNothing() {
    Findings lost =
        new Findings(
            null,
            new Audited(3, Map.of("POINTS_WITHOUT_PAYMENT", 3L), List.of(), Map.of()),
            KEPT.answers(),
            KEPT.anomalies(),
            List.of());

    assertThat(CrashTable.of(results(cell(Systems.named("uncoordinated"), lost))))
        .contains("as expected, loses: 3 violations in 1 cells");
  }

  @Test
  void makeAPageWithThePromiseOfEachPointNextToWhatWasSeen() {
    String page = CrashPage.of(List.of(DECIDED), results(cell(Systems.named("xa"), KEPT)));

    assertThat(page)
        .contains(
            "Seen at commit 0123abc, on 2 processors (Linux 6), a JVM 17, on 1970-01-01.",
            "The servers were PostgreSQL 18.",
            "As shipped, without what this project changes of them: atomikos.",
            "## xa",
            "### " + DECIDED.name(),
            DECIDED.description().summary(),
            "==> HERE",
            DECIDED.description().promise(),
            "| kill payment | 6 | 6 unknown (NoHttpResponseException) | 11.7 | 2.1 | 13.7 |"
                + " 2 of 6 (12.3) | 0 | kept |",
            "| xa | 1 | 50 | 50 completed | 2.1 | 2 of 6 (12.3) | 0 | kept |");
  }

  @Test
  void makeOneRowOfAllRepetitions() {
    CellResult cell = cell(Systems.named("xa"), KEPT);

    assertThat(CrashPage.of(List.of(DECIDED), results(cell, cell)))
        .contains(
            "| kill payment | 12 | 12 unknown (NoHttpResponseException) | 11.7 | 2.1 | 13.7 |"
                + " 4 of 12 (12.3) | 0 | kept 2 times |");
    assertThat(CrashPage.of(List.of(DECIDED), results(cell, cell(Systems.named("xa"), IN_DOUBT))))
        .contains("| 11.7 | - | 13.7 | 2 of 6 (12.3) | 0 | **broken**: violations |");
  }

  @Test
  void tellWhatWasSkippedAndWhy() {
    SkippedCell skipped =
        new SkippedCell(
            new Played("xa", DECIDED.name(), "payment", "fill the disk of postgresql", 1),
            "the disk of a container cannot be filled from outside");
    CrashResults played = results(cell(Systems.named("xa"), KEPT));
    CrashResults results =
        new CrashResults(
            CrashResults.SCHEMA_VERSION,
            played.run(),
            played.cells(),
            played.randomFaults(),
            List.of(skipped));

    assertThat(SCHEMA.validate(results.toJson(), InputFormat.JSON)).isEmpty();
    assertThat(results.arePromisesKept()).isTrue();
    assertThat(CrashTable.of(results))
        .contains(
            "xa: kept the promise in all 1 cells.",
            "xa: skipped %s, fill the disk of postgresql: the disk of a container cannot be filled"
                    .formatted(DECIDED.name())
                + " from outside.");
    assertThat(CrashPage.of(List.of(DECIDED), results))
        .contains(
            "| fill the disk of postgresql | - | - | - | - | - | - | - |"
                + " skipped: the disk of a container cannot be filled from outside |");
  }

  private static CellResult cell(SystemDescription system, Findings found) {
    return new CellResult(
        new Played(system.name(), DECIDED.name(), "payment", "kill payment", 1),
        true,
        new Impact(
            6,
            new Told(0, 0, 0, 6, Map.of("unknown (NoHttpResponseException)", 6)),
            11_700,
            13_700L),
        found);
  }

  private static CrashResults results(CellResult... cells) {
    return new CrashResults(
        CrashResults.SCHEMA_VERSION,
        new Run(
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(60),
            new Project("0123abc", false),
            new Machine("Linux 6", "amd64", "a processor", 2, 1 << 30, "ext4", "a JVM 17"),
            Map.of("Atomikos", "6.0.0"),
            Map.of("atomikos", new Changes(true, null, Map.of("log", "atomikos"))),
            Map.of("PostgreSQL 18", Map.of("fsync", "on"))),
        List.of(cells),
        List.of(
            new RandomFaultsResult(
                "xa",
                7,
                List.of(new Kill(1_000, List.of("payment"), 12_000)),
                50,
                new Told(50, 0, 0, 0, Map.of("completed", 50)),
                KEPT)),
        List.of());
  }
}
