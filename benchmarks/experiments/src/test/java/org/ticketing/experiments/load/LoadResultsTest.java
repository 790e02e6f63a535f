package org.ticketing.experiments.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.load.LoadSettings.Pattern;
import org.ticketing.experiments.load.LoadSettings.Sold;
import org.ticketing.experiments.report.Audited;
import org.ticketing.experiments.report.Environment;
import org.ticketing.experiments.report.Judgement;
import org.ticketing.experiments.report.Machine;
import org.ticketing.experiments.report.Project;
import org.ticketing.workload.Answer;
import org.ticketing.workload.Arrivals;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.PlannedPayment.Expected;
import org.ticketing.workload.Request;

class LoadResultsTest {

  private static final long MILLI = 1_000_000;
  private static final Judgement KEPT = new Judgement(true, 0, Audited.CLEAN, List.of());

  @Test
  void areAsTheSchemaDocumentsThem() {
    Schema schema = schema();
    String local = ofASystem(figures()).toJson();

    assertThat(schema.validate(local, InputFormat.JSON)).isEmpty();
    assertThat(schema.validate(ofATarget(figures()).toJson(), InputFormat.JSON)).isEmpty();
    assertThat(schema.validate(ofATarget("xa", figures(), KEPT).toJson(), InputFormat.JSON))
        .isEmpty();
    assertThat(schema.validate(local.replace("\"notSent\"", "\"unheardOf\""), InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void nothingThatWasDueIsLeftOut() {
    assertThat(LoadTable.of(ofASystem(figures())).lines())
        .anyMatch(line -> line.matches("xa +7 +5 +2 +2 +2 +1 +1 +1"));
  }

  @Test
  void aRequestIsLateFromOneMillisecondOnAndTheReasonIsCounted() {
    LoadMeter meter = meter(3);
    meter.add(request(0, 0, MILLI, 10 * MILLI, COMPLETED)); // just not late
    meter.add(request(0, 0, MILLI + 1, 10 * MILLI, COMPLETED)); // its client woke up late
    meter.add(request(0, 50 * MILLI, 50 * MILLI, 60 * MILLI, COMPLETED)); // no client was free

    LoadFigures.Late late = meter.figures().late();
    assertThat(late.requests()).isEqualTo(2);
    assertThat(late.waitedForClient()).isEqualTo(1);
    assertThat(late.maxMicros()).isEqualTo(50_000);
  }

  @Test
  void aPaymentWithoutASeatIsNotSentAndSaidToBeSo() {
    LoadMeter meter = meter(4);
    meter.add(request(0, 0, 0, 10 * MILLI, COMPLETED));
    meter.addWithoutSeat();

    LoadFigures figures = meter.figures();
    assertThat(figures.notSent()).isEqualTo(3);
    assertThat(figures.withoutSeat()).isEqualTo(1);
    assertThat(LoadTable.of(ofATarget(figures)))
        .contains("1 had no seat when they were due; all clients were busy until the end for 2.");
  }

  @Test
  void latencyIsFromWhenRequestsWereDueAndServiceFromWhenTheyWereSent() {
    LoadMeter meter = meter(1);
    meter.add(request(0, 450 * MILLI, 450 * MILLI, 460 * MILLI, COMPLETED));

    LoadFigures figures = meter.figures();
    assertThat(figures.latency().maxMicros()).isBetween(460_000L, 461_000L);
    assertThat(figures.service().maxMicros()).isBetween(10_000L, 10_100L);
  }

  @Test
  void oneAnswerThatComesLateDoesNotChangeHowManyCameInASecond() {
    LoadMeter meter = meter(3);
    meter.add(request(0, 0, 0, 10 * MILLI, COMPLETED));
    meter.add(request(0, 0, 0, 1000 * MILLI, COMPLETED));
    meter.add(request(0, 0, 0, 60_000 * MILLI, COMPLETED));

    assertThat(meter.figures().answersPerSecond()).isEqualTo(2);
  }

  @Test
  void anAnswerOfAnyOutcomeIsInTheLatency() {
    LoadFigures figures = figures();

    assertThat(figures.latency().requests()).isEqualTo(5);
    assertThat(figures.latencyByOutcome().values())
        .extracting(Percentiles::requests)
        .containsExactly(2L, 1L, 1L, 1L);
  }

  @Test
  void theHistogramIsTheWholeLatency() throws DataFormatException {
    LoadFigures figures = figures();

    Histogram decoded =
        Histogram.decodeFromCompressedByteBuffer(
            ByteBuffer.wrap(Base64.getDecoder().decode(figures.histogram())), 0);

    assertThat(Percentiles.of(decoded)).isEqualTo(figures.latency());
  }

  @Test
  void theTableSaysHowTheLoadCameAndWhatIsNotInTheFigures() {
    assertThat(LoadTable.of(ofASystem(figures())))
        .contains("Poisson, seed 42", "a round trip of 1.0 ms apart", "Warmed up for 30 s")
        .contains("xa: kept the promise");
    assertThat(LoadTable.of(ofASystem(figures())))
        .contains("Not sent: due, but all clients were busy until the end.")
        .doesNotContain("were reserved");
    assertThat(LoadTable.of(ofATarget(figures())))
        .contains(
            "held for 300 s there: 600 were reserved before the load, and 400 while it ran, 150 s")
        .contains("at equal distances", "There was no warm-up", "Not audited");
  }

  @Test
  void aRunIsAsExpectedOnlyIfItsJudgementIs() {
    Judgement lied =
        new Judgement(false, 0, Audited.CLEAN, List.of("told completed, but is FAILED"));

    assertThat(ofASystem(figures()).isAsExpected()).isTrue();
    assertThat(ofATarget(figures()).isAsExpected()).isTrue();
    assertThat(ofASystem(figures(), lied).isAsExpected()).isFalse();
    assertThat(LoadTable.of(ofASystem(figures(), lied)))
        .contains("NOT AS EXPECTED", "told completed, but is FAILED");
  }

  @Test
  void aTargetIsJudgedWhenItsDatabasesCouldBeRead() {
    assertThat(LoadTable.of(ofATarget("xa", figures(), KEPT)))
        .contains("xa: kept the promise")
        .doesNotContain("Not audited");
  }

  @Test
  void noLineOfTheTableIsTooWideForATerminal() {
    assertThat(LoadTable.of(ofASystem(figures())).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
  }

  private static final Answer COMPLETED = Answer.completed(UUID.randomUUID());

  /** Of seven that were due. */
  private static LoadFigures figures() {
    LoadMeter meter = meter(7);
    meter.add(request(0, 0, 0, 10 * MILLI, COMPLETED));
    meter.add(request(10 * MILLI, 0, 10 * MILLI, 20 * MILLI, COMPLETED));
    meter.add(
        request(20 * MILLI, 0, 20 * MILLI, 30 * MILLI, Answer.refused("reservation-expired")));
    meter.add(
        request(
            30 * MILLI, 40 * MILLI, 40 * MILLI, 50 * MILLI, Answer.failed("service-unavailable")));
    meter.add(
        request(40 * MILLI, 50 * MILLI, 50 * MILLI, 70 * MILLI, Answer.unknown("outcome-unknown")));
    return meter.figures();
  }

  /** For so many requests that are due in a second. */
  private Schema schema() {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(getClass().getResourceAsStream("load.schema.json"));
  }

  private static LoadMeter meter(int due) {
    return new LoadMeter(Arrivals.constant(due, Duration.ofSeconds(1)));
  }

  private static Request request(long due, long free, long sent, long answered, Answer answer) {
    PlannedPayment payment = new PlannedPayment(null, UUID.randomUUID(), 10, Expected.COMPLETED);
    return new Request(payment, due, free, sent, answered, answer);
  }

  @Test
  void ofAcceptedPaymentsItIsShownWhenTheyWereAccepted() {
    LoadFigures figures = meter(1000).figures();
    LoadResults plain = ofASystem(figures);
    LoadResults accepted =
        new LoadResults(
            plain.schemaVersion(),
            plain.startedAt(),
            plain.finishedAt(),
            plain.environment(),
            plain.system(),
            plain.target(),
            plain.settings(),
            plain.reserved(),
            plain.warmUp(),
            plain.load(),
            new Percentiles(990, 1500, 2000, 3000, 4000, 5000),
            plain.judgement());

    assertThat(LoadTable.of(accepted)).containsPattern("until accepted +990 +1.5 +2.0 +3.0");
    assertThat(LoadTable.of(plain)).doesNotContain("accepted");
    assertThat(schema().validate(accepted.toJson(), InputFormat.JSON)).isEmpty();
  }

  private static LoadResults ofASystem(LoadFigures figures) {
    return ofASystem(figures, KEPT);
  }

  private static LoadResults ofASystem(LoadFigures figures, Judgement judgement) {
    return new LoadResults(
        LoadResults.SCHEMA_VERSION,
        Instant.EPOCH,
        Instant.EPOCH,
        environment(),
        "xa",
        null,
        new LoadSettings(
            50,
            Duration.ofSeconds(20),
            Pattern.poisson(42),
            100,
            new Sold(200, 0.2),
            Duration.ofSeconds(30),
            Duration.ofMillis(1)),
        new Reserved(2500, 0, Duration.ofHours(12)),
        figures,
        figures,
        null,
        judgement);
  }

  private static LoadResults ofATarget(LoadFigures figures) {
    return ofATarget(null, figures, null);
  }

  private static LoadResults ofATarget(String system, LoadFigures figures, Judgement judgement) {
    return new LoadResults(
        LoadResults.SCHEMA_VERSION,
        Instant.EPOCH,
        Instant.EPOCH,
        environment(),
        system,
        "http://127.0.0.1:8080",
        new LoadSettings(
            50,
            Duration.ofSeconds(20),
            Pattern.CONSTANT,
            100,
            new Sold(200, 0),
            Duration.ZERO,
            null),
        new Reserved(600, 400, Duration.ofSeconds(150)),
        null,
        figures,
        null,
        judgement);
  }

  private static Environment environment() {
    return new Environment(
        new Project("abc", false),
        new Machine("Linux", "amd64", "A processor", 2, 1, "ext4", "a JVM 17"),
        Map.of(),
        Map.of(),
        Map.of());
  }
}
