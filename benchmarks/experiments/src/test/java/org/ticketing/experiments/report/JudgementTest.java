package org.ticketing.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ticketing.verification.audit.AuditReport;
import org.ticketing.verification.audit.Violation;
import org.ticketing.verification.audit.Violation.Kind;

class JudgementTest {

  private static final List<String> NO_CONTRADICTION = List.of();

  @Test
  void isAsExpectedWhenNothingIsViolatedInDoubtOrContradicted() {
    Judgement kept = Judgement.of(found(), 0, NO_CONTRADICTION);

    assertThat(kept.asExpected()).isTrue();
    assertThat(kept).asString().contains("kept the promise");
  }

  @Test
  void isAsExpectedWhenOnlyThePredictedPaymentsKeptTheirPoints() {
    AuditReport lost = found(Kind.POINTS_WITHOUT_PAYMENT, Kind.POINTS_WITHOUT_PAYMENT);

    assertThat(Judgement.of(lost, 2, NO_CONTRADICTION).asExpected()).isTrue();
    assertThat(Judgement.of(lost, 1, NO_CONTRADICTION).asExpected()).isFalse();
    assertThat(Judgement.of(lost, 3, NO_CONTRADICTION).asExpected()).isFalse();
    assertThat(Judgement.of(lost, 1, NO_CONTRADICTION))
        .asString()
        .contains("NOT AS EXPECTED: 2 violations where 1 were expected", "10 points");
  }

  @Test
  void isNotAsExpectedWhenAsManyAreViolatedInAnotherWay() {
    AuditReport other = found(Kind.POINTS_WITHOUT_PAYMENT, Kind.SEAT_SOLD_TWICE);

    assertThat(Judgement.of(other, 2, NO_CONTRADICTION).asExpected()).isFalse();
  }

  @Test
  void isNotAsExpectedWhenSomethingIsInDoubt() {
    AuditReport inDoubt = new AuditReport(2, List.of(), Map.of("branches", 1L));

    assertThat(Judgement.of(inDoubt, 0, NO_CONTRADICTION).asExpected()).isFalse();
  }

  @Test
  void isNotAsExpectedWhenAnAnswerIsContradicted() {
    Judgement lied = Judgement.of(found(), 0, List.of("told completed, but is FAILED"));

    assertThat(lied.asExpected()).isFalse();
    assertThat(lied).asString().contains("1 contradictions", "told completed, but is FAILED");
  }

  @Test
  void hasSomeExamplesOfEachKind() {
    Kind[] many = IntStream.range(0, 100).mapToObj(i -> Kind.CHARGE_LOST).toArray(Kind[]::new);
    many[99] = Kind.SEAT_SOLD_TWICE;

    assertThat(Audited.of(found(many)).examples())
        .hasSizeLessThan(20)
        .anyMatch(example -> example.startsWith("CHARGE_LOST"))
        .anyMatch(example -> example.startsWith("SEAT_SOLD_TWICE"));
  }

  private static AuditReport found(Kind... kinds) {
    return new AuditReport(
        2,
        Arrays.stream(kinds)
            .map(kind -> new Violation(kind, UUID.randomUUID(), "10 points"))
            .toList(),
        Map.of());
  }
}
