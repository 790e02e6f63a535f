package org.ticketing.experiments.counts;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.ticketing.experiments.counts.FollowUps.Suspension;
import org.ticketing.experiments.report.ProgressListener;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.workload.BoxOffice;
import org.ticketing.workload.ClosedLoop;
import org.ticketing.workload.Connections;
import org.ticketing.workload.NotMeasuredException;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.PublicApis;
import org.ticketing.workload.Readers;
import org.ticketing.workload.Tally;
import org.ticketing.workload.Workload;
import org.ticketing.workload.Workload.Mix;
import org.ticketing.workload.history.History;

/**
 * Counts what payments of one client cost. The counters are read before and after some hundred
 * payments. What follows these is held back, and counted apart; what happens while nobody pays is
 * counted before, and taken off. The system is instrumented meanwhile, so nothing is timed.
 */
public final class Counting {

  private static final int PAYMENTS = 200;
  private static final int LATE_PAYMENTS = 50;
  private static final int UNCOUNTED_PAYMENTS = 20;

  private static final Workload COMPLETED = new Workload(PAYMENTS, 1, new Mix(0, 0, 0, 0, 1));
  private static final Workload HALF_LATE =
      new Workload(2 * LATE_PAYMENTS, 1, new Mix(0, 0.5, 0, 0, 1));

  private final CountedSystem counted;
  private final TicketingSystem system;
  private final FollowUps followUps;
  private final History history;
  private final BoxOffice boxOffice;

  Counting(CountedSystem counted) throws InterruptedException {
    this.counted = counted;
    this.system = counted.system();
    this.followUps = new FollowUps(system.database("payment"));
    this.history = new History(system.name());
    PublicApis visitor = PublicApis.at(system::url, Connections.ofApis());
    PublicApis operator = visitor.as(SystemKeys.OPERATOR, system.keys().operatorPassword());
    this.boxOffice = BoxOffice.open(visitor, operator, COMPLETED, history);
  }

  /**
   * Starts a system, counts, and ends it, which takes about a minute and a half. No other system
   * may use the servers of the stack meanwhile.
   *
   * @throws NotMeasuredException a payment had another outcome than it was prepared for
   */
  public static Counts of(LocalStack stack, SystemDescription system, ProgressListener progress)
      throws InterruptedException, IOException, SQLException {
    progress.accept("counting what a payment of %s costs".formatted(system.name()));
    try (CountedSystem counted = CountedSystem.start(stack, system)) {
      return new Counting(counted).count();
    }
  }

  Counts count() throws InterruptedException, IOException, SQLException {
    send(boxOffice.prepare("uncounted", COMPLETED.withPayments(UNCOUNTED_PAYMENTS)));
    List<PlannedPayment> completed = boxOffice.prepare("completed", COMPLETED);
    List<PlannedPayment> late =
        boxOffice.prepare("late", HALF_LATE).stream()
            .filter(payment -> payment.expected().isLate())
            .toList();

    Background held;
    Reading made;
    try (Suspension suspended = followUps.suspend()) {
      held = new Background(counted.settledReading(), counted.settledReading());
      send(completed);
      made = counted.settledReading();
    }
    Reading followed = counted.settledReading();
    followUps.awaitDone(Duration.ZERO);
    Background quiet = new Background(counted.reading(), counted.settledReading());
    send(late);
    Reading refused = counted.settledReading();
    return new Counts(
        system.name(),
        system.description().cost(),
        held.part(completed.size(), made, quiet, followed),
        quiet.part(late.size(), refused, quiet, refused),
        counted.notCounted());
  }

  private void send(List<PlannedPayment> payments) throws InterruptedException {
    try (Readers nobody = Readers.start(history, 0)) {
      Tally tally = ClosedLoop.send(system.url("payment"), payments, 1, history, nobody);
      boolean isRefused = payments.get(0).expected().isLate();
      int asExpected = isRefused ? tally.answers().refusedCount() : tally.answers().completed();
      if (asExpected != payments.size()) {
        throw new NotMeasuredException(
            "%s: not every payment had the outcome it was prepared for: %s"
                .formatted(system.name(), tally.answers()));
      }
    }
  }
}
