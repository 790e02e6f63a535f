package org.ticketing.experiments.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ticketing.verification.audit.AuditReport;
import org.ticketing.verification.audit.Violation;

/**
 * What the audit found in the databases.
 *
 * @param violations payments, wallets and seats with at least one violation
 * @param examples some violations of each kind
 * @param inDoubt what has neither happened nor been undone, by where it waits
 */
public record Audited(
    long violations,
    Map<String, Long> violationsByKind,
    List<String> examples,
    Map<String, Long> inDoubt) {

  public static final Audited CLEAN = new Audited(0, Map.of(), List.of(), Map.of());

  private static final int EXAMPLES_OF_A_KIND = 5;

  public static Audited of(AuditReport report) {
    Map<String, Long> kinds = new LinkedHashMap<>();
    report.violationsByKind().forEach((kind, count) -> kinds.put(kind.name(), count));
    return new Audited(
        report.violatedSubjects(),
        kinds,
        report.violations().stream()
            .collect(groupingBy(Violation::kind, TreeMap::new, toList()))
            .values()
            .stream()
            .flatMap(one -> one.stream().limit(EXAMPLES_OF_A_KIND))
            .map(Violation::toString)
            .toList(),
        report.inDoubt());
  }

  public long inDoubtCount() {
    return inDoubt.values().stream().mapToLong(Long::longValue).sum();
  }
}
