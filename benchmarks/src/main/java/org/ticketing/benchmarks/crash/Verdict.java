package org.ticketing.benchmarks.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.ticketing.benchmarks.audit.Audit;
import org.ticketing.benchmarks.audit.AuditException;
import org.ticketing.benchmarks.audit.AuditReport;
import org.ticketing.benchmarks.audit.SystemDatabases;
import org.ticketing.benchmarks.crash.Customer.Asked;
import org.ticketing.benchmarks.history.FalseRefusals;
import org.ticketing.benchmarks.history.FracturedReads;
import org.ticketing.benchmarks.history.History;
import org.ticketing.benchmarks.load.PaymentClient;
import org.ticketing.stack.TicketingSystem;
import org.ticketing.stack.Variant;

/**
 * Judges what a crash has left: whether it becomes consistent in time and without a human, and
 * whether the clients were told the truth. What was wrong before does not count.
 */
final class Verdict {

  /** In which everything must be consistent again after the last restart. */
  static final Duration PROMISED = Duration.ofSeconds(60);

  /** What nobody undoes will not be undone later. */
  private static final Duration UNCOORDINATED = Duration.ofSeconds(5);

  private static final Duration BETWEEN_AUDITS = Duration.ofMillis(250);

  /** For what the questions asked afterwards have begun. */
  private static final Duration LAST_QUESTIONS = Duration.ofSeconds(5);

  private final TicketingSystem system;
  private final Audit audit;
  private final AuditReport before;

  private Verdict(TicketingSystem system) {
    this.system = system;
    this.audit = new Audit(SystemDatabases.of(system));
    this.before = audit.now();
  }

  /** To be called before the crash. */
  static Verdict on(TicketingSystem system) {
    return new Verdict(system);
  }

  /**
   * Waits until the audit is clean and everybody has an answer, at most as long as promised.
   *
   * @param mended when everything worked again, on {@link System#nanoTime}'s clock
   * @return how many milliseconds that took; null if it was not in time
   */
  Long awaitClean(long mended, BooleanSupplier allAnswered) throws InterruptedException {
    Duration patience = makesPromise() ? PROMISED : UNCOORDINATED;
    long deadline = mended + patience.toNanos();
    do {
      if (allAnswered.getAsBoolean() && isClean()) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - mended);
      }
      Thread.sleep(BETWEEN_AUDITS.toMillis());
    } while (System.nanoTime() < deadline);
    return null;
  }

  /** Compares the answers with the databases, and asks every question again. */
  Hearing hear(List<Asked> asked, PaymentClient client) throws InterruptedException {
    Truth truth = new Truth(system.database("payment"));
    List<String> untruths = new ArrayList<>(truth.contradictions(asked));
    List<Asked> again = truth.askAgain(client, asked);
    untruths.addAll(truth.contradictionsAfter(again));
    return new Hearing(again.size(), untruths);
  }

  /** What came of comparing and asking. */
  record Hearing(int askedAgain, List<String> untruths) {}

  /**
   * Audits.
   *
   * @param seen what everybody did and saw meanwhile
   */
  Findings judge(Long cleanAfter, Hearing hearing, History seen) throws InterruptedException {
    AuditReport after = audit.afterSettling(LAST_QUESTIONS).since(before);
    Map<String, Long> kinds = new TreeMap<>();
    after.violationsByKind().forEach((kind, count) -> kinds.put(kind.name(), count));
    return new Findings(
        cleanAfter,
        Math.toIntExact(after.violatedSubjects()),
        kinds,
        after.violations().stream()
            .map(one -> "%s %s: %s".formatted(one.kind(), one.subject(), one.detail()))
            .toList(),
        after.inDoubt(),
        hearing.askedAgain(),
        hearing.untruths(),
        FracturedReads.in(seen),
        FalseRefusals.in(seen).count(),
        makesPromise() ? broken(cleanAfter, after, hearing.untruths()) : List.of());
  }

  private boolean makesPromise() {
    return system.variant() != Variant.UNCOORDINATED;
  }

  private static List<String> broken(Long cleanAfter, AuditReport after, List<String> untruths) {
    List<String> broken = new ArrayList<>();
    if (!after.violations().isEmpty()) {
      broken.add("violations");
    }
    if (cleanAfter == null || !after.inDoubt().isEmpty()) {
      broken.add("not clean after " + PROMISED.toSeconds() + " s");
    }
    if (!untruths.isEmpty()) {
      broken.add("a client was told an untruth");
    }
    return broken;
  }

  private boolean isClean() {
    try {
      return audit.now().since(before).isClean();
    } catch (AuditException databaseNotBackYet) {
      return false;
    }
  }
}
