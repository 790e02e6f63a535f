package org.ticketing.experiments.publication;

import java.util.List;
import org.ticketing.experiments.counts.Counts;
import org.ticketing.experiments.counts.Counts.Part;
import org.ticketing.stack.system.ProtocolCost.Minimum;

/** What a payment costs by counting, beside the least that its protocol needs. */
final class CountTable {

  private CountTable() {}

  /** Empty if nothing was counted. */
  static String of(List<Counts> systems) {
    if (systems.isEmpty()) {
      return "";
    }
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "system",
                "forced writes",
                "at least",
                "calls",
                "at least",
                "lookups",
                "statements",
                "log bytes",
                "forced writes if refused late",
                "calls if refused late"));
    for (Counts system : systems) {
      Part completed = system.completed();
      Minimum minimum = system.atLeast() == null ? null : system.atLeast().minimum();
      table.add(
          List.of(
              Text.code(system.system()),
              Text.twoDigits(completed.forcedWrites()),
              minimum == null ? Text.NONE : Integer.toString(minimum.forcedWrites()),
              calls(system, completed),
              minimum == null ? Text.NONE : Integer.toString(minimum.calls()),
              Text.twoDigits(completed.lookups()),
              Text.twoDigits(completed.statements()),
              Text.count(Math.round(completed.logBytes())),
              Text.twoDigits(system.refusedLate().forcedWrites()),
              calls(system, system.refusedLate())));
    }
    return table.toString();
  }

  /** Those that were counted are not shown where others are missing. */
  private static String calls(Counts system, Part part) {
    return system.hasAllCalls() ? Text.twoDigits(part.protocolCalls()) : Text.NONE;
  }
}
