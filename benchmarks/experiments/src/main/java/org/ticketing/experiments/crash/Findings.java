package org.ticketing.experiments.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ticketing.verification.FracturedReads;

/**
 * What crashes have left.
 *
 * @param cleanAfter milliseconds from the last restart until the audit was clean and everybody had
 *     an answer; null if that did not happen in time
 * @param violations payments, wallets and seats with at least one violation
 * @param inDoubt what has neither happened nor been undone, by where it waits
 * @param askedAgain payments asked for again with their keys
 * @param untruths answers that the databases contradict, and keys that did not give the truth when
 *     asked again
 * @param falseRefusals payments refused for points that another one held which came to nothing
 * @param broken why the promise is broken; empty if it was kept, and where none is made
 */
public record Findings(
    Long cleanAfter,
    int violations,
    Map<String, Long> violationsByKind,
    List<String> examples,
    Map<String, Long> inDoubt,
    int askedAgain,
    List<String> untruths,
    FracturedReads fractured,
    int falseRefusals,
    List<String> broken) {

  /** Of what could not be judged. */
  static Findings none(Exception failure) {
    boolean isOurs = failure.getClass().getName().startsWith("org.ticketing.");
    return new Findings(
        null,
        0,
        Map.of(),
        List.of(),
        Map.of(),
        0,
        List.of(),
        FracturedReads.NONE,
        0,
        List.of(isOurs ? failure.getMessage() : failure.toString()));
  }

  /** The same, and the promise broken for one more reason. */
  Findings but(String reason) {
    List<String> reasons = new ArrayList<>(broken);
    reasons.add(reason);
    return new Findings(
        cleanAfter,
        violations,
        violationsByKind,
        examples,
        inDoubt,
        askedAgain,
        untruths,
        fractured,
        falseRefusals,
        reasons);
  }

  long inDoubtCount() {
    return inDoubt.values().stream().mapToLong(Long::longValue).sum();
  }

  boolean isKept() {
    return broken.isEmpty();
  }
}
