package org.ticketing.experiments.publication;

import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.report.Judgement;

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
    Judgement judgement = found.judgement();
    return new Judged(
        judgement.asExpected(),
        judgement.expectedViolations(),
        judgement.audit().violations(),
        judgement.audit().inDoubtCount(),
        judgement.contradictions().size());
  }
}
