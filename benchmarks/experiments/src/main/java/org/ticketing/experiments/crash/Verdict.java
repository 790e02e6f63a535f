package org.ticketing.experiments.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.ticketing.experiments.crash.PayingCustomer.Asked;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.verification.FracturedReads;
import org.ticketing.verification.audit.Audit;
import org.ticketing.verification.audit.AuditException;
import org.ticketing.verification.audit.AuditReport;
import org.ticketing.verification.audit.SystemDatabases;
import org.ticketing.workload.PaymentClient;

/**
 * Judges what crashes have left in a system: whether it becomes consistent in time and without a
 * human, and whether the clients were told the truth. One for all cells a system plays, because
 * what an earlier client was told must stay true.
 */
final class Verdict {

  /** What nobody undoes will not be undone later. */
  private static final Duration WITHOUT_PROMISE = Duration.ofSeconds(5);

  private static final Duration BETWEEN_AUDITS = Duration.ofMillis(250);

  /** For what the questions asked afterwards have begun. */
  private static final Duration LAST_QUESTIONS = Duration.ofSeconds(5);

  private final TicketingSystem system;
  private final Duration promised;
  private final Audit audit;
  private final AnswerCheck truth;
  private final List<Asked> told = new ArrayList<>();
  private AuditReport before;

  /**
   * @param promised in which everything must be consistent again after the last restart
   */
  Verdict(TicketingSystem system, Duration promised) {
    this.system = system;
    this.promised = promised;
    this.audit = new Audit(SystemDatabases.of(system));
    this.truth = new AnswerCheck(system.database("payment"));
  }

  /** To be called before the crash. */
  void begin() {
    before = audit.now();
  }

  /**
   * Waits until the audit is clean and everybody has an answer, at most as long as promised.
   *
   * @param mended when everything worked again, on {@link System#nanoTime}'s clock
   * @return how many milliseconds that took; null if it was not in time
   */
  Long awaitClean(long mended, BooleanSupplier allAnswered) throws InterruptedException {
    Duration patience = makesPromise() ? promised : WITHOUT_PROMISE;
    long deadline = mended + patience.toNanos();
    do {
      if (allAnswered.getAsBoolean() && isClean()) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - mended);
      }
      Thread.sleep(BETWEEN_AUDITS.toMillis());
    } while (System.nanoTime() < deadline);
    return null;
  }

  /** Compares all answers so far with the databases, and asks these questions again. */
  Hearing hear(List<Asked> asked, PaymentClient client) throws InterruptedException {
    told.addAll(asked);
    List<String> untruths = new ArrayList<>(truth.contradictions(told));
    List<Asked> again = truth.askAgain(client, asked);
    told.addAll(again);
    untruths.addAll(truth.contradictionsAfter(again));
    return new Hearing(again.size(), untruths);
  }

  /** What came of comparing and asking. */
  record Hearing(int askedAgain, List<String> untruths) {}

  /** Audits. */
  Findings judge(Long cleanAfter, Hearing hearing, FracturedReads fractured, int falseRefusals)
      throws InterruptedException {
    AuditReport after = audit.afterSettling(LAST_QUESTIONS).since(before);
    Map<String, Long> kinds = new TreeMap<>();
    after.violationsByKind().forEach((kind, count) -> kinds.put(kind.name(), count));
    return new Findings(
        cleanAfter,
        Math.toIntExact(after.violatedSubjects()),
        kinds,
        examples(after),
        after.inDoubt(),
        hearing.askedAgain(),
        hearing.untruths(),
        fractured,
        falseRefusals,
        makesPromise() ? broken(before, cleanAfter, after, hearing.untruths()) : List.of());
  }

  /**
   * Looks once more when the last timer has run out: what was consistent must have stayed so.
   *
   * @return what has not
   */
  Optional<String> lookOnceMore() throws InterruptedException {
    Duration lastTimer = system.description().longestTimer();
    if (!makesPromise() || lastTimer.isZero()) {
      return Optional.empty();
    }
    Thread.sleep(lastTimer.toMillis());
    AuditReport late = audit.now();
    List<String> untruths = truth.contradictions(told);
    return late.isClean() && untruths.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%d s later: %s, in doubt %s, %s"
                .formatted(lastTimer.toSeconds(), examples(late), late.inDoubt(), untruths));
  }

  private boolean makesPromise() {
    return system.description().keepsPromise();
  }

  /**
   * Why a promise is broken.
   *
   * @param before the crash; what is wrong then, a cell before has left behind its judge's back
   */
  static List<String> broken(
      AuditReport before, Long cleanAfter, AuditReport after, List<String> untruths) {
    List<String> broken = new ArrayList<>();
    if (!before.isClean()) {
      broken.add("not clean before: %s, in doubt %s".formatted(examples(before), before.inDoubt()));
    }
    if (!after.violations().isEmpty()) {
      broken.add("violations");
    }
    if (cleanAfter == null || !after.inDoubt().isEmpty()) {
      broken.add("not clean in time");
    }
    if (!untruths.isEmpty()) {
      broken.add("a client was told an untruth");
    }
    return broken;
  }

  private static List<String> examples(AuditReport report) {
    return report.violations().stream()
        .map(one -> "%s %s: %s".formatted(one.kind(), one.subject(), one.detail()))
        .toList();
  }

  private boolean isClean() {
    try {
      return audit.now().since(before).isClean();
    } catch (AuditException databaseNotBackYet) {
      return false;
    }
  }
}
