package org.ticketing.experiments.page;

/**
 * What a completed payment costs in a system, by counting, beside the least that its protocol
 * needs.
 *
 * @param payments over which it was counted
 * @param least null if the system names none
 */
record CountedCost(String system, int payments, Cost found, Cost least) {

  /**
   * @param calls between processes, each a request and its answer
   */
  record Cost(double forcedWrites, double calls) {}
}
