package org.ticketing.experiments.counts;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ticketing.experiments.counts.Counts.Part;
import org.ticketing.experiments.report.TextTable;
import org.ticketing.stack.system.ProtocolCost;

/** The counts as tables for a terminal: one for all systems, and one with every count of each. */
public final class CountsTable {

  private static final List<String> TOTALS =
      List.of(
          "system",
          "forced writes",
          "at least",
          "calls",
          "at least",
          "lookups",
          "statements",
          "log bytes",
          "forced if refused",
          "calls if refused");

  private static final List<String> EVERY_COUNT =
      List.of("system", "unit", "where", "kind", "a payment", "afterwards", "idle/s", "if refused");

  private static final String LEGEND =
      """
      A payment of one client, counted. Forced writes: of databases, decision log, and the store of Seata's
      server, that somebody waited for. A call is a request and its answer; without the customer's own and
      the lookups before a payment. At least: what the protocol needs (docs/protocol-costs.md). If refused:
      refused late, after its points were used.
      """;

  private CountsTable() {}

  /** One line for each system, and a legend. */
  public static String of(List<Counts> systems) {
    TextTable table = new TextTable(1, TOTALS);
    for (Counts system : systems) {
      Part completed = system.completed();
      ProtocolCost atLeast = system.atLeast();
      table.add(
          List.of(
              system.system(),
              number(completed.forcedWrites()),
              atLeast == null ? "-" : Integer.toString(atLeast.minimum().forcedWrites()),
              number(completed.protocolCalls()),
              atLeast == null ? "-" : Integer.toString(atLeast.minimum().calls()),
              number(completed.lookups()),
              number(completed.statements()),
              String.format(Locale.ROOT, "%.0f", completed.logBytes()),
              number(system.refusedLate().forcedWrites()),
              number(system.refusedLate().protocolCalls())));
    }
    StringBuilder text = new StringBuilder().append(table).append('\n').append(LEGEND);
    for (Counts system : systems) {
      system
          .notCounted()
          .forEach(what -> text.append("%s: not counted: %s.%n".formatted(system.system(), what)));
    }
    return text.toString();
  }

  /** Every count of every system. */
  public static String inFull(List<Counts> systems) {
    TextTable table = new TextTable(4, EVERY_COUNT);
    for (Counts system : systems) {
      for (Count count : system.completed().counts()) {
        table.add(
            row(
                system,
                count,
                number(count.perPayment()),
                number(count.afterwards()),
                refused(system, count)));
      }
      for (Count count : onlyIfRefused(system).toList()) {
        table.add(row(system, count, "-", "-", number(count.perPayment())));
      }
    }
    return table.toString();
  }

  private static List<String> row(
      Counts system, Count count, String perPayment, String afterwards, String refused) {
    return List.of(
        system.system(),
        count.unit().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        count.where(),
        count.kind(),
        perPayment,
        afterwards,
        number(count.idlePerSecond()),
        refused);
  }

  private static String refused(Counts system, Count completed) {
    return system.refusedLate().counts().stream()
        .filter(count -> isSame(count, completed))
        .findFirst()
        .map(count -> number(count.perPayment()))
        .orElse("-");
  }

  private static Stream<Count> onlyIfRefused(Counts system) {
    return system.refusedLate().counts().stream()
        .filter(
            count -> system.completed().counts().stream().noneMatch(other -> isSame(count, other)));
  }

  private static boolean isSame(Count one, Count other) {
    return one.unit() == other.unit()
        && one.where().equals(other.where())
        && one.kind().equals(other.kind());
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
