package org.ticketing.experiments.counts;

import java.util.List;
import java.util.Locale;
import org.ticketing.experiments.counts.Counts.Part;
import org.ticketing.experiments.report.TextTable;
import org.ticketing.stack.system.ProtocolCost;

/** The counts as a table for a terminal. */
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

  private static final String LEGEND =
      """
      A payment of one client, counted. Forced writes: of databases, and of a coordinator's own log, that
      somebody waited for. A call is a request and its answer; without the customer's own and the lookups
      before a payment. At least: what the protocol needs (docs/protocol-costs.md). If refused: refused
      late, after its points were used.
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
              calls(system, completed),
              atLeast == null ? "-" : Integer.toString(atLeast.minimum().calls()),
              number(completed.lookups()),
              number(completed.statements()),
              String.format(Locale.ROOT, "%.0f", completed.logBytes()),
              number(system.refusedLate().forcedWrites()),
              calls(system, system.refusedLate())));
    }
    StringBuilder text = new StringBuilder().append(table).append('\n').append(LEGEND);
    for (Counts system : systems) {
      system
          .notCounted()
          .forEach(what -> text.append("%s: not counted: %s.%n".formatted(system.system(), what)));
    }
    return text.toString();
  }

  private static String calls(Counts system, Part part) {
    return system.hasAllCalls() ? number(part.protocolCalls()) : "-";
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
