package org.ticketing.verification.audit;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ticketing.verification.audit.Violation.Kind;

/**
 * What an audit found.
 *
 * @param payments how many payments are recorded
 * @param inDoubt what has neither happened nor been undone, by where it waits; only what is not 0
 */
public record AuditReport(int payments, List<Violation> violations, Map<String, Long> inDoubt) {

  public AuditReport {
    violations = List.copyOf(violations);
    inDoubt = Map.copyOf(inDoubt);
  }

  /** What an earlier audit had not found yet. */
  public AuditReport since(AuditReport earlier) {
    Set<String> known =
        earlier.violations.stream().map(AuditReport::identity).collect(Collectors.toSet());
    Map<String, Long> added = new TreeMap<>(inDoubt);
    earlier.inDoubt.forEach((where, count) -> added.merge(where, -count, Long::sum));
    added.values().removeIf(count -> count <= 0);
    return new AuditReport(
        payments - earlier.payments,
        violations.stream().filter(found -> !known.contains(identity(found))).toList(),
        added);
  }

  private static String identity(Violation violation) {
    return violation.kind() + " " + violation.subject();
  }

  public boolean isClean() {
    return violations.isEmpty() && inDoubt.isEmpty();
  }

  public long inDoubtCount() {
    return inDoubt.values().stream().mapToLong(Long::longValue).sum();
  }

  public Map<Kind, Long> violationsByKind() {
    Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    violations.forEach(violation -> counts.merge(violation.kind(), 1L, Long::sum));
    return counts;
  }

  /**
   * Payments, wallets and seats with at least one violation: a payment that lost its points and its
   * reservation is one.
   */
  public long violatedSubjects() {
    return violations.stream().map(Violation::subject).distinct().count();
  }
}
