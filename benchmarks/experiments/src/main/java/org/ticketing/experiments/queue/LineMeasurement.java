package org.ticketing.experiments.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.ticketing.experiments.queue.LineFigures.Round;
import org.ticketing.experiments.report.ProgressListener;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.workload.PlannedConcert;
import org.ticketing.workload.PublicApis;

/**
 * Measures how long it takes to look at a rank and to admit the next customers, in a system whose
 * queue is configured as by default. Every round measures lines of growing length in turn.
 */
public final class LineMeasurement {

  /** So long that no admitted customer's time runs out meanwhile. */
  private static final Duration ACTIVE_FOR = Duration.ofHours(1);

  /** The properties that the system must be started with. */
  public static final Map<String, String> PROPERTIES =
      Map.of("ticketing.queue.active-for", ACTIVE_FOR.toString());

  /** Its second half waits through a whole round, which admits fewer. */
  private static final int SHORTEST = 1_000;

  private static final int GROWTH = 10;
  private static final int ROUNDS = 5;
  private static final int ADMISSIONS = 3;
  private static final int CUSTOMERS = 20;
  private static final int LOOKS = 10;

  private final PublicApis operator;
  private final JdbcAccess queue;
  private final ProgressListener progress;

  /**
   * @param operator the APIs, as an operator calls them
   * @param queue the database of the queue service
   */
  public LineMeasurement(PublicApis operator, JdbcAccess queue, ProgressListener progress) {
    this.operator = operator;
    this.queue = queue;
    this.progress = progress;
  }

  /**
   * @param longest how many wait in the longest line, more than 1000
   * @return a table and its legend
   */
  public String upTo(int longest) throws SQLException {
    UUID schedule = PlannedConcert.by(operator).schedule("City Hall");
    WaitingCustomers customers = WaitingCustomers.register(operator, CUSTOMERS);
    try (Connection database = queue.connect()) {
      WaitingLine line = new WaitingLine(database, schedule, ACTIVE_FOR);
      List<LineFigures> figures =
          lengthsUpTo(longest).stream()
              .map(length -> new LineFigures(length, new ArrayList<>()))
              .toList();
      int lines = (ROUNDS + 1) * figures.size();
      int measuredLines = 0;
      for (int round = 0; round <= ROUNDS; round++) {
        for (LineFigures one : figures) {
          progress.step(
              measuredLines++,
              lines,
              (round == 0 ? "warming up" : "round %d of %d".formatted(round, ROUNDS))
                  + ", %,d waiting".formatted(one.waiting()));
          line.fill(one.waiting(), customers.ids());
          Round measured = measure(line, customers, schedule);
          if (round > 0) {
            one.rounds().add(measured);
          }
        }
      }
      progress.step(lines, lines, "all lines were measured");
      return LineTable.of(figures, line.scans());
    }
  }

  private static Round measure(WaitingLine line, WaitingCustomers customers, UUID schedule)
      throws SQLException {
    List<Duration> admissions = new ArrayList<>();
    for (int i = 0; i < ADMISSIONS; i++) {
      admissions.add(line.nextAdmission());
    }
    return new Round(medianMillis(customers.look(schedule, LOOKS)), medianMillis(admissions));
  }

  private static List<Integer> lengthsUpTo(int longest) {
    return IntStream.concat(
            IntStream.iterate(SHORTEST, length -> length < longest, length -> length * GROWTH),
            IntStream.of(longest))
        .boxed()
        .toList();
  }

  private static double medianMillis(List<Duration> durations) {
    return Ratio.median(durations.stream().mapToDouble(one -> one.toNanos() / 1e6).toArray());
  }
}
