package org.ticketing.experiments.crash;

import java.util.List;
import java.util.stream.Stream;
import org.ticketing.experiments.report.Audited;
import org.ticketing.verification.FracturedReads;

/**
 * What was found after faults had been injected.
 *
 * @param cleanAfter milliseconds from the last restart until the audit was clean and every client
 *     had an answer; null if that did not happen in time
 * @param audit what the audit found at the end, besides what it had found before the fault
 * @param broken the reasons why the promise is broken; empty if it was kept, and for a system that
 *     makes none
 */
public record Findings(
    Long cleanAfter, Audited audit, Answers answers, Anomalies anomalies, List<String> broken) {

  /**
   * How the answers of clients compare with the databases.
   *
   * @param askedAgain the number of payments asked for again with their keys
   * @param contradictions answers that the databases contradict, and keys that did not get the
   *     outcome when they were asked again
   */
  public record Answers(int askedAgain, List<String> contradictions) {}

  /**
   * What clients and readers saw of payments that were not isolated.
   *
   * @param falseRefusals payments refused for lack of points that another payment had taken, which
   *     was later undone
   */
  public record Anomalies(FracturedReads fractured, int falseRefusals) {}

  /** The findings where none could be made, because of this failure. */
  static Findings none(Exception failure) {
    boolean isOurs = failure.getClass().getName().startsWith("org.ticketing.");
    return new Findings(
        null,
        Audited.CLEAN,
        new Answers(0, List.of()),
        new Anomalies(FracturedReads.NONE, 0),
        List.of(isOurs ? failure.getMessage() : failure.toString()));
  }

  /** The same findings, with one more reason why the promise is broken. */
  Findings withBroken(String reason) {
    return new Findings(
        cleanAfter,
        audit,
        answers,
        anomalies,
        Stream.concat(broken.stream(), Stream.of(reason)).toList());
  }

  boolean isKept() {
    return broken.isEmpty();
  }
}
