package org.ticketing.experiments.page;

import java.util.List;
import java.util.stream.Stream;
import org.ticketing.experiments.compare.LeveredSystem;
import org.ticketing.experiments.compare.LeveredSystem.Consequences;
import org.ticketing.experiments.compare.LeveredSystem.Pulled;
import org.ticketing.experiments.compare.LeveredSystem.Speed;
import org.ticketing.experiments.compare.LeveredSystem.Unlevered;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.verification.FracturedReads;
import org.ticketing.workload.Departures;

/** What levers might change. */
final class InventedLevers {

  private InventedLevers() {}

  static List<LeveredSystem> all() {
    return Stream.of("uncoordinated", "xa").map(InventedLevers::of).toList();
  }

  private static LeveredSystem of(String system) {
    return new LeveredSystem(
        system,
        new Unlevered(6, new Speed(100, 9, 20), consequences(9, 1500, 0)),
        List.of(
            pulled("in-batches", 0.7, consequences(6.5, 700, 0)),
            pulled("cached", 0.9, consequences(7.2, 1500, 1980))));
  }

  private static Pulled pulled(String lever, double less, Consequences consequences) {
    Ratio ratio = new Ratio(less, less - 0.05, less + 0.05);
    Ratio inverse = new Ratio(1 / less, 1 / (less + 0.05), 1 / (less - 0.05));
    return new Pulled(
        lever, "what it does", ratio, ratio, inverse, ratio, ratio, null, consequences);
  }

  private static Consequences consequences(double calls, double told, long staleMillis) {
    return new Consequences(calls, told, FracturedReads.NONE, new Departures(8, 0, staleMillis));
  }
}
