package org.ticketing.experiments.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.ticketing.concert.ConcertApi;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.experiments.queue.LineFigures.Round;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.workload.PublicApis;

/**
 * Measures looks at a rank and admission runs of a system whose queue is configured as by default,
 * with lines of growing length in turn, several rounds over.
 */
public final class LineMeasurement {

  /** So long that nobody's time runs out meanwhile. */
  private static final Duration ACTIVE_FOR = Duration.ofHours(1);

  /** What the system that is measured needs to be started with. */
  public static final Map<String, String> PROPERTIES =
      Map.of("ticketing.queue.active-for", ACTIVE_FOR.toString());

  /** Whoever waits in its second half goes on waiting: no round admits as many. */
  private static final int SHORTEST = 1_000;

  private static final int GROWTH = 10;
  private static final int ROUNDS = 5;
  private static final int ADMISSIONS = 3;
  private static final int SPECTATORS = 20;
  private static final int LOOKS = 10;

  private final PublicApis apis;
  private final JdbcAccess queue;
  private final Consumer<String> progress;

  /**
   * @param operator as an operator
   * @param queue the database of the queue service
   */
  public LineMeasurement(PublicApis operator, JdbcAccess queue, Consumer<String> progress) {
    this.apis = operator;
    this.queue = queue;
    this.progress = progress;
  }

  /**
   * @param longest how many wait in the longest line, more than 1000
   * @return a table and its legend
   */
  public String upTo(int longest) throws SQLException {
    UUID schedule = schedule(apis.concerts());
    Spectators spectators = Spectators.register(apis, SPECTATORS);
    try (Connection database = queue.connect()) {
      WaitingLine line = new WaitingLine(database, schedule, ACTIVE_FOR);
      List<LineFigures> figures =
          lengthsUpTo(longest).stream()
              .map(length -> new LineFigures(length, new ArrayList<>()))
              .toList();
      for (int round = 0; round <= ROUNDS; round++) {
        for (LineFigures one : figures) {
          progress.accept(
              (round == 0 ? "warming up" : "round %d of %d".formatted(round, ROUNDS))
                  + ", %,d waiting".formatted(one.waiting()));
          line.fill(one.waiting(), spectators.ids());
          Round measured = measure(line, spectators, schedule);
          if (round > 0) {
            one.rounds().add(measured);
          }
        }
      }
      return LineTable.of(figures, line.scans());
    }
  }

  private static Round measure(WaitingLine line, Spectators spectators, UUID schedule)
      throws SQLException {
    List<Duration> admissions = new ArrayList<>();
    for (int i = 0; i < ADMISSIONS; i++) {
      admissions.add(line.nextAdmission());
    }
    return new Round(medianMillis(spectators.look(schedule, LOOKS)), medianMillis(admissions));
  }

  private static UUID schedule(ConcertApi concerts) {
    UUID concert = concerts.create(new ConcertDetails("The Two Generals", "On tour.")).id();
    Instant nextYear = Instant.now().plus(365, ChronoUnit.DAYS);
    return concerts.schedule(concert, new ScheduleDetails("City Hall", nextYear)).id();
  }

  private static List<Integer> lengthsUpTo(int longest) {
    return IntStream.concat(
            IntStream.iterate(SHORTEST, length -> length < longest, length -> length * GROWTH),
            IntStream.of(longest))
        .boxed()
        .toList();
  }

  private static double medianMillis(List<Duration> durations) {
    return LineFigures.median(durations.stream().mapToDouble(one -> one.toNanos() / 1e6));
  }
}
