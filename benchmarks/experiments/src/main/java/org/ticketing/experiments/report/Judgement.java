package org.ticketing.experiments.report;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.ticketing.verification.audit.AnswerCheck;
import org.ticketing.verification.audit.Audit;
import org.ticketing.verification.audit.AuditReport;
import org.ticketing.verification.audit.SystemDatabases;
import org.ticketing.verification.audit.Violation.Kind;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Operation.Pay;

/**
 * Whether the databases of a system agree, among themselves and with what its clients were told,
 * after all payments, warm-up included.
 *
 * @param asExpected as many payments, wallets and seats are violated as the workload predicts, in
 *     the way it predicts, nothing is in doubt, and no answer is contradicted
 * @param expectedViolations 0, except for a system that violates on late refusals: those
 * @param contradictions what differs between the answers and the databases; see {@link AnswerCheck}
 */
public record Judgement(
    boolean asExpected, long expectedViolations, Audited audit, List<String> contradictions) {

  /** How long what is in doubt may take after the last answer. */
  private static final Duration SETTLING = Duration.ofSeconds(30);

  private static final int EXAMPLES = 5;

  /**
   * Waits until nothing is in doubt, for 30 seconds at most, and judges. No client may wait for an
   * answer meanwhile.
   *
   * @param history of what clients did in this system
   * @throws org.ticketing.verification.audit.AuditException a database could not be read
   */
  public static Judgement on(SystemDatabases databases, History history)
      throws InterruptedException {
    AuditReport report = new Audit(databases, history).afterSettling(SETTLING);
    return of(
        report,
        databases.system().violatesOnLateRefusal() ? lateRefusals(history) : 0,
        new AnswerCheck(databases, history).contradictions());
  }

  /**
   * Of two rivals, either the late one gets the points and loses them, or the other one gets them
   * and the late one is refused for lack of points. Only the answers tell which it was.
   */
  private static long lateRefusals(History history) {
    return history
        .operations(Pay.class)
        .filter(Pay::isRefusedLate)
        .map(Pay::key)
        .distinct()
        .count();
  }

  /** A late refusal leaves its points used, and nothing else. */
  static Judgement of(AuditReport report, long expectedViolations, List<String> contradictions) {
    return new Judgement(
        report.violatedSubjects() == expectedViolations
            && report.violations().stream()
                .allMatch(violation -> violation.kind() == Kind.POINTS_WITHOUT_PAYMENT)
            && report.inDoubt().isEmpty()
            && contradictions.isEmpty(),
        expectedViolations,
        Audited.of(report),
        contradictions);
  }

  /** One line for a terminal. */
  @Override
  public String toString() {
    if (!asExpected) {
      return "NOT AS EXPECTED: %d violations where %d were expected %s, in doubt %s, %d contradictions; for example %s"
          .formatted(
              audit.violations(),
              expectedViolations,
              audit.violationsByKind(),
              audit.inDoubt(),
              contradictions.size(),
              Stream.concat(audit.examples().stream(), contradictions.stream().limit(EXAMPLES))
                  .toList());
    }
    return expectedViolations == 0
        ? "kept the promise, all or nothing in every payment; no answer is contradicted."
        : "broke it %d times, once for each late refusal, as expected."
            .formatted(expectedViolations);
  }
}
