package org.ticketing.experiments.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ticketing.experiments.chart.Caption;
import org.ticketing.experiments.chart.Chart;
import org.ticketing.experiments.chart.Figures;
import org.ticketing.experiments.chart.TimeLine;
import org.ticketing.experiments.chart.TimeLine.End;
import org.ticketing.experiments.chart.TimeLine.Lane;
import org.ticketing.experiments.chart.TimeLine.Moment;
import org.ticketing.experiments.chart.TimeLine.Span;
import org.ticketing.experiments.crash.CellResult;
import org.ticketing.experiments.crash.CellResult.Played;
import org.ticketing.experiments.publication.Evidence;
import org.ticketing.experiments.publication.Example;
import org.ticketing.workload.history.Operation.Pay;
import org.ticketing.workload.history.Outcome;

/** What customers were told over time around one fault, from the history of a cell. */
final class KillFigure {

  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;

  private static final Map<Outcome, End> ENDS =
      Map.of(
          Outcome.COMPLETED, new End("completed", 4),
          Outcome.REFUSED, new End("refused", 1),
          Outcome.FAILED, new End("failed", 3),
          Outcome.UNKNOWN, new End("unknown", 6));

  private final CellResult cell;
  private final List<Pay> payments;
  private final long injected;

  /**
   * @param payments in the order in which they were sent
   */
  private KillFigure(CellResult cell, List<Pay> payments) {
    this.cell = cell;
    this.payments = payments;
    this.injected = injected(payments);
  }

  static List<Figure> of(Evidence evidence) {
    List<Figure> figures = new ArrayList<>();
    for (Example example : evidence.examples()) {
      evidence.crashes().stream()
          .flatMap(results -> results.cells().stream())
          .filter(cell -> cell.played().history().equals(example.file()))
          .findFirst()
          .flatMap(cell -> of(cell, example))
          .ifPresent(figures::add);
    }
    return figures;
  }

  private static Optional<Figure> of(CellResult cell, Example example) {
    List<Pay> payments =
        example
            .history()
            .operations(Pay.class)
            .sorted(Comparator.comparingLong(Pay::start))
            .toList();
    return payments.isEmpty()
        ? Optional.empty()
        : Optional.of(new KillFigure(cell, payments).figure());
  }

  /** Every customer sends a second payment as soon as the fault has been injected. */
  private static long injected(List<Pay> payments) {
    Map<UUID, UUID> first = new LinkedHashMap<>();
    for (Pay pay : payments) {
      UUID before = first.putIfAbsent(pay.user(), pay.reservation());
      if (before != null && !before.equals(pay.reservation())) {
        return pay.start();
      }
    }
    return payments.get(0).start();
  }

  private Figure figure() {
    Played played = cell.played();
    Caption caption =
        new Caption(
            "What do customers of %s notice of one fault: %s at %s?"
                .formatted(played.system(), played.fault(), played.point()),
            "every request of its customers",
            "One cell, as it was played once.",
            "./ticketing crash %s --point %s --fault \"%s\""
                .formatted(played.system(), played.point(), played.fault()));
    Chart chart = new TimeLine(caption, "seconds since the fault", moments(), lanes());
    return new Figure(
        "fault-" + played.history().replace(".jsonl", ""),
        finding(),
        "Seven customers pay; as soon as the fault is injected, each sends another payment, which has nothing to do"
            + " with the first, and repeats it until it is completed or refused. At the end every payment is asked"
            + " for once more with its key.",
        List.of(chart));
  }

  private String finding() {
    Long blocked = cell.impact().blocked();
    return "The outage lasted %s s, everything was clean %s, and the slowest of the payments sent meanwhile took %s."
        .formatted(
            seconds(cell.impact().outage()),
            cell.found().cleanAfter() == null
                ? "never"
                : seconds(cell.found().cleanAfter()) + " s later",
            blocked == null ? "longer than this cell" : seconds(blocked) + " s");
  }

  private static String seconds(long millis) {
    return Figures.of(Math.round(millis / 100.0) / 10.0);
  }

  private List<Moment> moments() {
    double repaired = cell.impact().outage() / MILLIS;
    List<Moment> moments = new ArrayList<>();
    moments.add(new Moment(cell.played().fault(), 0));
    moments.add(new Moment("works again", repaired));
    if (cell.found().cleanAfter() != null) {
      moments.add(new Moment("clean", repaired + cell.found().cleanAfter() / MILLIS));
    }
    return moments;
  }

  private List<Lane> lanes() {
    Map<UUID, Map<UUID, List<Span>>> byCustomer = new LinkedHashMap<>();
    for (Pay pay : payments) {
      byCustomer
          .computeIfAbsent(pay.user(), user -> new LinkedHashMap<>())
          .computeIfAbsent(pay.reservation(), reservation -> new ArrayList<>())
          .add(
              new Span(
                  since(pay.start()),
                  since(pay.end()),
                  ENDS.get(pay.outcome()),
                  pay.reason() == null ? "" : pay.reason()));
    }
    List<Lane> lanes = new ArrayList<>();
    int number = 0;
    for (Map<UUID, List<Span>> ofCustomer : byCustomer.values()) {
      number++;
      boolean first = true;
      for (List<Span> spans : ofCustomer.values()) {
        lanes.add(new Lane("customer %d, %s".formatted(number, first ? "1st" : "2nd"), spans));
        first = false;
      }
    }
    return lanes;
  }

  private double since(long nanos) {
    return (nanos - injected) / NANOS;
  }
}
