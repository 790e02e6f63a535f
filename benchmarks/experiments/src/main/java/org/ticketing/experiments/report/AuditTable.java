package org.ticketing.experiments.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.ticketing.stack.server.Servers;
import org.ticketing.verification.audit.AuditReport;
import org.ticketing.verification.audit.SystemDatabases;

/** What an audit asked, and what it found, for a terminal. */
public final class AuditTable {

  private static final List<String> COUNTS =
      List.of("system", "payments", "violations", "in doubt");

  private AuditTable() {}

  /**
   * @param counted what was counted of what is in doubt
   */
  public static String of(SystemDatabases databases, List<String> counted, AuditReport report) {
    String system = databases.system().name();
    TextTable counts = new TextTable(1, COUNTS);
    counts.add(
        List.of(
            system,
            Integer.toString(report.payments()),
            Long.toString(report.violatedSubjects()),
            Long.toString(report.inDoubtCount())));
    return "%s%n%s%n%sCounted as in doubt: %s.%n%s%s: %s%n"
        .formatted(
            asked(databases),
            counts,
            meanings(report),
            String.join(", ", counted),
            notAsked(databases).map("%s%n"::formatted).orElse(""),
            system,
            verdict(report));
  }

  private static TextTable asked(SystemDatabases databases) {
    TextTable table = new TextTable(2, List.of("database", "of"));
    databases.ofServices().keySet().stream()
        .sorted()
        .collect(
            groupingBy(
                service -> databases.ofServices().get(service).url(), TreeMap::new, joining(", ")))
        .forEach((url, services) -> table.add(List.of(url, services)));
    return table;
  }

  private static String meanings(AuditReport report) {
    StringBuilder text = new StringBuilder();
    report
        .violationsByKind()
        .forEach(
            (kind, count) -> text.append("%s: %d, %s%n".formatted(kind, count, kind.meaning())));
    return text.toString();
  }

  /** Says which servers an audit cannot ask; empty if there are none. */
  public static Optional<String> notAsked(SystemDatabases databases) {
    List<String> servers = new ArrayList<>(databases.system().servers());
    servers.removeAll(databases.coordinators().keySet());
    return servers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Not asked: the %s, for transactions that it has not finished."
                .formatted(servers.stream().map(Servers::label).collect(joining(", "))));
  }

  private static String verdict(AuditReport report) {
    if (report.isClean()) {
      return "kept the promise, all or nothing in every payment.";
    }
    Audited found = Audited.of(report);
    return "NOT CLEAN: %d violations %s, in doubt %s%s"
        .formatted(
            found.violations(),
            found.violationsByKind(),
            found.inDoubt(),
            found.examples().isEmpty() ? "." : "; for example " + found.examples());
  }
}
