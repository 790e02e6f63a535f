package org.ticketing.experiments.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ticketing.verification.audit.AuditReport;

/**
 * What the audit found at the end, warm-up included.
 *
 * @param asExpected as many payments, wallets and seats were violated as the load predicts, and
 *     nothing is in doubt
 * @param expectedViolations 0, except for a system that violates on late refusals: those
 * @param violations payments, wallets and seats with at least one violation
 */
public record Audited(
    boolean asExpected,
    long expectedViolations,
    long violations,
    Map<String, Long> violationsByKind,
    List<String> examples,
    Map<String, Long> inDoubt) {

  private static final int EXAMPLES = 5;

  static Audited of(AuditReport report, long expectedViolations) {
    Map<String, Long> kinds = new LinkedHashMap<>();
    report.violationsByKind().forEach((kind, count) -> kinds.put(kind.name(), count));
    return new Audited(
        report.violatedSubjects() == expectedViolations && report.inDoubt().isEmpty(),
        expectedViolations,
        report.violatedSubjects(),
        kinds,
        report.violations().stream()
            .limit(EXAMPLES)
            .map(one -> "%s %s: %s".formatted(one.kind(), one.subject(), one.detail()))
            .toList(),
        report.inDoubt());
  }

  /** One line for a terminal. */
  @Override
  public String toString() {
    if (!asExpected) {
      return "NOT AS EXPECTED: %d violations where %d were expected %s, in doubt %s; for example %s"
          .formatted(violations, expectedViolations, violationsByKind, inDoubt, examples);
    }
    return violations == 0
        ? "no violation, and nothing in doubt."
        : "%d violations, one for each late refusal, as expected.".formatted(violations);
  }
}
