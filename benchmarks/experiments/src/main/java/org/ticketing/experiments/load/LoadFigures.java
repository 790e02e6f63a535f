package org.ticketing.experiments.load;

import java.util.Map;
import org.ticketing.workload.Tally.Answers;
import org.ticketing.workload.history.Outcome;

/**
 * What was sent, and what became of it.
 *
 * @param due all requests
 * @param notSent those that could not be sent until the end, because all clients were busy
 * @param answersPerSecond answered requests, of whatever outcome, from the begin to the last answer
 * @param latency from when requests were due, of whatever outcome
 * @param latencyByOutcome the same, of the outcomes that there were
 * @param service from when requests were sent
 * @param histogram the latency in microseconds, as HdrHistogram encodes and compresses it, in
 *     Base64
 */
public record LoadFigures(
    int due,
    int sent,
    int notSent,
    Answers answers,
    Late late,
    int lateRefusals,
    double answersPerSecond,
    Percentiles latency,
    Map<Outcome, Percentiles> latencyByOutcome,
    Percentiles service,
    String histogram) {

  /**
   * Requests that were sent later than they were due by more than the threshold.
   *
   * @param waitedForClient those of them for which no client was free when they were due; the
   *     others were sent late by the machine that sent them
   * @param maxMicros of the latest
   */
  public record Late(long thresholdMicros, int requests, int waitedForClient, long maxMicros) {}
}
