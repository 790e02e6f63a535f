package org.ticketing.experiments.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.ticketing.experiments.crash.Findings.Anomalies;
import org.ticketing.experiments.crash.Findings.Answers;
import org.ticketing.experiments.report.Audited;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.verification.audit.AnswerCheck;
import org.ticketing.verification.audit.Audit;
import org.ticketing.verification.audit.AuditException;
import org.ticketing.verification.audit.AuditReport;
import org.ticketing.verification.audit.SystemDatabases;
import org.ticketing.workload.PaymentClient;
import org.ticketing.workload.history.History;

/**
 * Decides whether a system kept its promise: whether it became consistent in time and without help,
 * and whether its clients were told the truth. All cells of a system share one verdict, because
 * what an earlier client was told must stay true.
 */
public final class Verdict {

  /** The wait for a system without a promise; what is inconsistent after it stays so. */
  private static final Duration WITHOUT_PROMISE = Duration.ofSeconds(5);

  private static final Duration BETWEEN_AUDITS = Duration.ofMillis(250);

  /** The wait for work that the payments asked again have begun. */
  private static final Duration AFTER_ASKING_AGAIN = Duration.ofSeconds(5);

  private final TicketingSystem system;
  private final Duration promised;
  private final Audit audit;
  private final AnswerCheck answers;
  private AuditReport before;

  /**
   * @param history records what clients are told
   * @param promised the time in which everything must be consistent again after the last restart
   */
  Verdict(TicketingSystem system, History history, Duration promised) {
    this.system = system;
    this.promised = promised;
    SystemDatabases databases = SystemDatabases.of(system);
    this.audit = new Audit(databases, history);
    this.answers = new AnswerCheck(databases, history);
  }

  /** Audits the system before a fault is injected. */
  public void begin() {
    before = audit.now();
  }

  /**
   * Waits until the audit is clean and every client has an answer, at most as long as promised.
   *
   * @param repaired when everything worked again, on {@link System#nanoTime}'s clock
   * @return the milliseconds from then on; null if it was not in time
   */
  public Long awaitClean(long repaired, BooleanSupplier allAnswered) throws InterruptedException {
    Duration patience = makesPromise() ? promised : WITHOUT_PROMISE;
    long deadline = repaired + patience.toNanos();
    do {
      if (allAnswered.getAsBoolean() && isClean()) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - repaired);
      }
      Thread.sleep(BETWEEN_AUDITS.toMillis());
    } while (System.nanoTime() < deadline);
    return null;
  }

  private boolean isClean() {
    try {
      return audit.now().since(before).isClean();
    } catch (AuditException databaseNotReady) {
      return false;
    }
  }

  /**
   * Compares all answers so far with the database, asks for these payments again with their keys,
   * and compares those answers as well.
   *
   * @throws AuditException if the database could not be read
   */
  public Answers checkAnswers(List<AskedPayment> asked, PaymentClient client)
      throws InterruptedException {
    Set<String> contradictions = new LinkedHashSet<>(answers.contradictions());
    List<AskedPayment> again = SecondAsking.of(asked, client);
    contradictions.addAll(answers.contradictions());
    Stream.concat(asked.stream(), again.stream())
        .flatMap(one -> one.surprise().stream())
        .forEach(contradictions::add);
    again.stream()
        .filter(one -> !one.answer().isFinal())
        .map(one -> "payment %s: asked again, told only %s".formatted(one.key(), one.answer()))
        .forEach(contradictions::add);
    return new Answers(again.size(), List.copyOf(contradictions));
  }

  /** Audits the system, and puts everything that was found together. */
  public Findings findings(Long cleanAfter, Answers checked, Anomalies anomalies)
      throws InterruptedException {
    AuditReport after = audit.afterSettling(AFTER_ASKING_AGAIN).since(before);
    return new Findings(
        cleanAfter,
        Audited.of(after),
        checked,
        anomalies,
        makesPromise() ? broken(before, cleanAfter, after, checked.contradictions()) : List.of());
  }

  /**
   * Audits and compares everything once more when the longest timer of the protocol has run out,
   * because what was consistent must stay so.
   *
   * @return what is wrong now, if anything
   */
  Optional<String> checkAfterLongestTimer() throws InterruptedException {
    Duration longestTimer = system.description().longestTimer();
    if (!makesPromise() || longestTimer.isZero()) {
      return Optional.empty();
    }
    Thread.sleep(longestTimer.toMillis());
    AuditReport late = audit.now();
    List<String> contradictions = answers.contradictions();
    return late.isClean() && contradictions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%d s later: %s, in doubt %s, %s"
                .formatted(
                    longestTimer.toSeconds(),
                    Audited.of(late).examples(),
                    late.inDoubt(),
                    contradictions));
  }

  private boolean makesPromise() {
    return system.description().atomic();
  }

  /**
   * The reasons why a promise is broken.
   *
   * @param before the audit before the fault; what it found, an earlier cell has left behind
   */
  static List<String> broken(
      AuditReport before, Long cleanAfter, AuditReport after, List<String> contradictions) {
    List<String> broken = new ArrayList<>();
    if (!before.isClean()) {
      broken.add(
          "not clean before: %s, in doubt %s"
              .formatted(Audited.of(before).examples(), before.inDoubt()));
    }
    if (!after.violations().isEmpty()) {
      broken.add("violations");
    }
    if (cleanAfter == null || !after.inDoubt().isEmpty()) {
      broken.add("not clean in time");
    }
    if (!contradictions.isEmpty()) {
      broken.add("the databases contradict an answer");
    }
    return broken;
  }
}
