package org.ticketing.experiments.compare;

import java.util.List;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.verification.FracturedReads;
import org.ticketing.workload.Departures;

/**
 * What levers change in a system.
 *
 * @param none the system without any
 */
public record LeveredSystem(String system, Unlevered none, List<Pulled> levers) {

  /**
   * A system in which one thing is done after the other, and nothing remembered. All figures are
   * medians of its rounds.
   *
   * @param servicesMillis processor time of all service processes for a payment
   * @param speed null if the system was not warm
   */
  public record Unlevered(double servicesMillis, Speed speed, Consequences consequences) {}

  /**
   * @param throughput completed payments a second of many clients
   * @param p50Millis of one client, as p99Millis
   */
  public record Speed(double throughput, double p50Millis, double p99Millis) {}

  /**
   * The system with one lever, to itself with none in the same round.
   *
   * @param lever its name
   * @param what it does, in words
   * @param services of the processor time of all service processes for a payment
   * @param withoutCompilers of that processor time without what the compilers of the JVMs took;
   *     null if that is not known
   * @param throughput of many clients; null if the system was not warm in both turns, or a round
   *     had no completed payment
   * @param p50 of one client, until it knew of the end of its payment; null as throughput, as p99
   * @param accepted of the p50 until its payment was accepted to that until its end; null as
   *     throughput, and if clients waited for the answer to their request
   */
  public record Pulled(
      String lever,
      String what,
      Ratio services,
      Ratio withoutCompilers,
      Ratio throughput,
      Ratio p50,
      Ratio p99,
      Ratio accepted,
      Consequences consequences) {}

  /**
   * What comes with it.
   *
   * @param calls HTTP calls between processes for a payment, those after it included
   * @param toldMillis until partners and queue had been told of the payments of a round, which were
   *     all made before: the median of the rounds
   * @param fracturedReads in all rounds, warm-up included
   * @param departures of customers who withdrew while many clients paid
   */
  public record Consequences(
      double calls, double toldMillis, FracturedReads fracturedReads, Departures departures) {}
}
