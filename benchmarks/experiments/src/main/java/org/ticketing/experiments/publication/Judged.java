package org.ticketing.experiments.publication;

import org.ticketing.experiments.compare.Results.Promise;
import org.ticketing.experiments.compare.Results.SystemResult;

/**
 * What the audit found of a system in a comparison, in figures.
 *
 * @param asExpected whether all of it is what the workload predicts
 */
record Judged(
    boolean asExpected,
    long expectedViolations,
    long violations,
    long inDoubt,
    long contradictions) {

  static Judged of(SystemResult found) {
    Promise promise = found.promise();
    return new Judged(
        promise.kept(),
        promise.expectedViolations(),
        promise.violations(),
        promise.inDoubt().values().stream().mapToLong(Long::longValue).sum(),
        promise.contradictions());
  }
}
