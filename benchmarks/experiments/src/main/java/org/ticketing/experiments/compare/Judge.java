package org.ticketing.experiments.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ticketing.experiments.compare.Results.Promise;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.verification.FalseRefusals;
import org.ticketing.verification.FracturedReads;
import org.ticketing.verification.audit.AnswerCheck;
import org.ticketing.verification.audit.Audit;
import org.ticketing.verification.audit.AuditReport;
import org.ticketing.verification.audit.SystemDatabases;
import org.ticketing.workload.BoxOffice;
import org.ticketing.workload.history.History;

/** What the databases of a system, and the history of its clients and readers, say about it. */
final class Judge {

  private static final Duration SETTLING = Duration.ofSeconds(30);
  private static final int EXAMPLES = 5;

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
   * Audits the databases, and compares them with all answers. Also records the system's own list of
   * payments, which tells which payment belonged to which reservation: what was seen is known only
   * afterwards.
   *
   * <p>In a system that violates on late refusals, every late refusal leaves its points used. Of
   * two rivals, either the late one gets the points and loses them, or the other one gets them and
   * the late one is refused for lack of points. Only the answers tell which it was.
   *
   * @param lateRefusals by the answers, since the system was started
   */
  Promise promise(long lateRefusals) throws InterruptedException {
    SystemDescription description = system.description();
    AuditReport report =
        new Audit(SystemDatabases.of(system), history)
            .afterSettling(description.atomic() ? SETTLING : Duration.ZERO);
    boxOffice.listPayments();
    List<String> contradictions =
        new AnswerCheck(SystemDatabases.of(system), history).contradictions();
    long expected = description.violatesOnLateRefusal() ? lateRefusals : 0;
    Map<String, Long> kinds = new LinkedHashMap<>();
    report.violationsByKind().forEach((kind, count) -> kinds.put(kind.name(), count));
    return new Promise(
        report.violatedSubjects() == expected
            && report.inDoubt().isEmpty()
            && contradictions.isEmpty(),
        expected,
        report.violatedSubjects(),
        kinds,
        contradictions.size(),
        Stream.concat(
                report.violations().stream()
                    .limit(EXAMPLES)
                    .map(one -> "%s %s: %s".formatted(one.kind(), one.subject(), one.detail())),
                contradictions.stream().limit(EXAMPLES))
            .toList(),
        report.inDoubt());
  }

  /** What was seen so far. To be called after the audit, as the other one. */
  Sightings seen() {
    return new Sightings(FracturedReads.in(history), FalseRefusals.in(history).count());
  }

  /**
   * What was seen in each of these times.
   *
   * @param times in which nothing of another one was under way
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
