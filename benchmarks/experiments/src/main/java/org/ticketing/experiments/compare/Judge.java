package org.ticketing.experiments.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ticketing.experiments.report.Judgement;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.verification.FalseRefusals;
import org.ticketing.verification.FracturedReads;
import org.ticketing.verification.audit.SystemDatabases;
import org.ticketing.workload.BoxOffice;
import org.ticketing.workload.history.History;

/** What the databases of a system, and the history of its clients and readers, say about it. */
final class Judge {

  private final TicketingSystem system;
  private final History history;
  private final BoxOffice boxOffice;

  Judge(TicketingSystem system, History history, BoxOffice boxOffice) {
    this.system = system;
    this.history = history;
    this.boxOffice = boxOffice;
  }

  /** A time on the clock of the history. */
  record Span(long from, long to) {}

  /**
   * Judges what the databases hold, and records the system's own list of payments, which tells
   * which payment belonged to which reservation: what was seen is known only afterwards.
   */
  Judgement judgement() throws InterruptedException {
    Judgement judgement = Judgement.on(SystemDatabases.of(system), history);
    boxOffice.listPayments();
    return judgement;
  }

  /** What was seen so far. To be called after {@link #judgement}, as the two below. */
  Sightings seen() {
    return new Sightings(FracturedReads.in(history), FalseRefusals.in(history).count());
  }

  /**
   * What was seen in each of these times.
   *
   * @param times that do not overlap: what was under way in one had ended before the next
   */
  List<Sightings> seenDuring(List<Span> times) {
    FalseRefusals refusals = FalseRefusals.in(history);
    return times.stream()
        .map(
            time ->
                new Sightings(
                    FracturedReads.in(history.during(time.from(), time.to())),
                    refusals.countDuring(time.from(), time.to())))
        .toList();
  }

  /** What was seen in these times together: at least one. */
  Sightings seenInAll(List<Span> times) {
    FalseRefusals refusals = FalseRefusals.in(history);
    History all =
        times.stream()
            .map(time -> history.during(time.from(), time.to()))
            .reduce(new History(history.system()), Judge::joined);
    return new Sightings(
        FracturedReads.in(all),
        times.stream().mapToInt(time -> refusals.countDuring(time.from(), time.to())).sum());
  }

  private static History joined(History first, History second) {
    second.operations().forEach(first::add);
    return first;
  }

  void writeHistory(Path file) throws IOException {
    history.writeTo(file);
  }
}
