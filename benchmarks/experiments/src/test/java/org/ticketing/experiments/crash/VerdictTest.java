package org.ticketing.experiments.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ticketing.verification.audit.AuditReport;
import org.ticketing.verification.audit.Violation;
import org.ticketing.verification.audit.Violation.Kind;

class VerdictTest {

  private static final AuditReport CLEAN = new AuditReport(6, List.of(), Map.of());
  private static final AuditReport VIOLATED =
      new AuditReport(
          6,
          List.of(new Violation(Kind.POINTS_WITHOUT_PAYMENT, UUID.randomUUID(), "10 points")),
          Map.of());
  private static final AuditReport IN_DOUBT =
      new AuditReport(6, List.of(), Map.of("points reserved", 1L));

  @Test
  void aPromiseIsKeptWhenAllIsCleanInTimeAndNoAnswerIsContradicted() {
    assertThat(Verdict.broken(CLEAN, 10L, CLEAN, List.of())).isEmpty();
  }

  @Test
  void aPromiseIsBrokenByAViolationByDoubtByDelayOrByAContradiction() {
    assertThat(Verdict.broken(CLEAN, 10L, VIOLATED, List.of())).containsExactly("violations");
    assertThat(Verdict.broken(CLEAN, 10L, IN_DOUBT, List.of()))
        .containsExactly("not clean in time");
    assertThat(Verdict.broken(CLEAN, null, CLEAN, List.of())).containsExactly("not clean in time");
    assertThat(Verdict.broken(CLEAN, 10L, CLEAN, List.of("told completed, but is FAILED")))
        .containsExactly("the databases contradict an answer");
  }

  @Test
  void whatOneCellLeavesBehindBreaksTheNext() {
    assertThat(Verdict.broken(VIOLATED, 10L, CLEAN, List.of()).toString())
        .contains("not clean before", "POINTS_WITHOUT_PAYMENT", "10 points");
    assertThat(Verdict.broken(IN_DOUBT, 10L, CLEAN, List.of()).toString())
        .contains("not clean before", "points reserved=1");
  }
}
