package org.ticketing.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ticketing.benchmarks.compare.Results.Promise;
import org.ticketing.benchmarks.compare.Results.Ratios;
import org.ticketing.benchmarks.compare.Results.Round;
import org.ticketing.benchmarks.compare.Results.Settings;
import org.ticketing.benchmarks.compare.Results.SystemResult;
import org.ticketing.benchmarks.load.Tally;
import org.ticketing.benchmarks.load.Workload;
import org.ticketing.benchmarks.report.Machine;
import org.ticketing.benchmarks.report.Project;
import org.ticketing.stack.Variant;

class ResultsTest {

  private static final Tally TALLY =
      new Tally(
          100,
          90,
          Map.of("insufficient-points", 5, "reservation-expired", 5),
          Map.of(),
          0,
          5,
          1.5,
          60,
          1000,
          2000,
          3000,
          4000);

  @Test
  void areAsTheSchemaDocumentsThem() {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(getClass().getResourceAsStream("results.schema.json"));

    assertThat(schema.validate(results(5).toJson(), InputFormat.JSON)).isEmpty();
    assertThat(
            schema.validate(
                results(5).toJson().replace("\"asked\"", "\"unheardOf\""), InputFormat.JSON))
        .isNotEmpty();
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
  void theTableSaysWhatReadersSaw() {
    assertThat(ResultsTable.of(results(5)).lines())
        .anyMatch(line -> line.matches("saga .* 0 +0 +12 of 90 +1\\.5/34\\.6 +3"))
        .anyMatch(line -> line.matches("xa .* 0 +0 +0 of 90 +- +0"));
  }

  @Test
  void noLineOfTheTableIsTooWideForATerminal() {
    assertThat(ResultsTable.of(results(5)).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
  }

  @Test
  void aRatioIsTheMedianWithItsRange() {
    assertThat(Ratio.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Ratio(2, 1, 3));
    assertThat(Ratio.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Ratio(2.5, 1, 4));
    assertThat(new Ratio(0.5, 0.25, 1)).hasToString("0.50 (0.25-1.00)");
  }

  private static Results results(long violationsOfUncoordinated) {
    return new Results(
        Results.SCHEMA_VERSION,
        Instant.EPOCH,
        Instant.EPOCH.plusSeconds(60),
        new Project("0123abc", false),
        new Machine("Linux 6", "amd64", "a processor", 2, 1 << 30, "ext4", "a JVM 17"),
        Map.of("Atomikos", "6.0.0"),
        Map.of("PostgreSQL 18", Map.of("fsync", "on")),
        new Settings(0, 1, 2, List.of(), new Workload(100, 8, 0.05, 0.05, 0.05, 0.2, 4)),
        Arrays.stream(Variant.values())
            .map(variant -> system(variant, violationsOfUncoordinated))
            .toList());
  }

  private static SystemResult system(Variant variant, long violationsOfUncoordinated) {
    boolean broken = variant == Variant.UNCOORDINATED;
    long expected = broken ? 5 : 0;
    long found = broken ? violationsOfUncoordinated : 0;
    Ratio ratio = variant == Variant.MONOLITH ? null : new Ratio(1, 1, 1);
    return new SystemResult(
        variant.id(),
        List.of(new Round(1, false, TALLY, seenIn(variant))),
        new Ratios(ratio, ratio, ratio, ratio),
        new Promise(
            found == expected,
            expected,
            found,
            broken ? Map.of("POINTS_WITHOUT_PAYMENT", found) : Map.of(),
            List.of(),
            Map.of()),
        seenIn(variant));
  }

  private static Sightings seenIn(Variant variant) {
    return variant == Variant.SAGA
        ? new Sightings(90, 12, 15, 1500, 34_000, 34_560, 3)
        : new Sightings(90, 0, 0, 0, 0, 0, 0);
  }
}
