package org.ticketing.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.audit.AuditReport;
import org.ticketing.verification.audit.SystemDatabases;
import org.ticketing.verification.audit.Violation;
import org.ticketing.verification.audit.Violation.Kind;

class AuditTableTest {

  private static final List<String> COUNTED = List.of("payments requested", "follow-ups left");

  private final SystemDatabases databases =
      new SystemDatabases(
          Systems.named("tcc"),
          Map.of(
              "payment", access("jdbc:postgresql://db/payment"),
              "point", access("jdbc:mysql://db/point")),
          List.of(),
          Map.of());

  @Test
  void saysWhatWasAskedAndWhatWasNot() {
    assertThat(AuditTable.of(databases, COUNTED, new AuditReport(7, List.of(), Map.of())))
        .contains("jdbc:postgresql://db/payment  payment")
        .contains("Counted as in doubt: payments requested, follow-ups left.")
        .contains("Not asked: the Seata server, for transactions that it has not finished.")
        .contains("tcc: kept the promise")
        .doesNotContain("secret");
  }

  @Test
  void namesNobodyWhoWasNotAskedIfEverybodyWas() {
    SystemDatabases all =
        new SystemDatabases(
            databases.system(), databases.ofServices(), List.of(), Map.of("seata", () -> 0L));

    assertThat(AuditTable.of(all, COUNTED, new AuditReport(7, List.of(), Map.of())))
        .doesNotContain("Not asked");
  }

  @Test
  void showsWhatWasFoundInTheWordsOfTheOtherTables() {
    UUID payment = UUID.randomUUID();
    AuditReport report =
        new AuditReport(
            7,
            List.of(new Violation(Kind.POINTS_WITHOUT_PAYMENT, payment, "10 points")),
            Map.of("payments requested", 2L));

    assertThat(AuditTable.of(databases, COUNTED, report))
        .containsPattern("tcc +7 +1 +2")
        .contains("POINTS_WITHOUT_PAYMENT: 1, points used for a payment that did not complete")
        .contains("tcc: NOT CLEAN: 1 violations", "in doubt {payments requested=2}")
        .contains(payment + ": 10 points");
  }

  private static JdbcAccess access(String url) {
    return new JdbcAccess(url, "postgres", "secret");
  }
}
