package org.ticketing.experiments.load;

import java.util.Map;
import org.ticketing.workload.Tally.Answers;
import org.ticketing.workload.history.Outcome;

/**
 * What was sent, and what became of it.
 *
 * @param due all requests
 * @param notSent those that were not sent: without a seat, or because all clients were busy until
 *     the end
 * @param withoutSeat those of them whose seat was not reserved when they were due
 * @param answersPerSecond of whatever outcome, in the time in which requests were due
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
    int withoutSeat,
    Answers answers,
    Late late,
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
