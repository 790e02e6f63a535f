package org.ticketing.cli;

import org.ticketing.workload.Workload;
import org.ticketing.workload.Workload.Mix;
import picocli.CommandLine.Option;

/** What is sold in each part of a round. */
final class WorkloadOptions {

  @Option(
      names = "--payments",
      paramLabel = "<n>",
      description = "Payments of each part of a round. Default: 250; quick 40.")
  private Integer payments;

  @Option(
      names = "--clients",
      paramLabel = "<n>",
      description =
          "Payments sent at the same time where capacity is measured; latency is measured with one"
              + " client. Default: ${DEFAULT-VALUE}.")
  private int clients = 8;

  @Option(
      names = "--poor-share",
      paramLabel = "<share>",
      description = "Part of the payments with too few points. Default: ${DEFAULT-VALUE}.")
  private double poorShare = 0.05;

  @Option(
      names = "--late-share",
      paramLabel = "<share>",
      description =
          "Part of the payments refused late, after their points were used. Default:"
              + " ${DEFAULT-VALUE}.")
  private double lateShare = 0.05;

  @Option(
      names = "--rival-share",
      paramLabel = "<share>",
      description =
          "Part of the payments that come in pairs and compete for the points of one; of each pair,"
              + " one is refused late. Default: ${DEFAULT-VALUE}.")
  private double rivalShare = 0.05;

  @Option(
      names = "--shared-share",
      paramLabel = "<share>",
      description =
          "Part of the other payments that come out of shared wallets. Default: ${DEFAULT-VALUE}.")
  private double sharedShare = 0.2;

  @Option(
      names = "--shared-wallets",
      paramLabel = "<n>",
      description = "How many wallets are shared. Default: ${DEFAULT-VALUE}.")
  private int sharedWallets = 4;

  /**
   * @param defaultPayments where no number of payments was given
   * @throws IllegalArgumentException an option is out of its range; the message says which
   */
  Workload of(int defaultPayments) {
    return new Workload(
        payments == null ? defaultPayments : payments,
        clients,
        new Mix(poorShare, lateShare, rivalShare, sharedShare, sharedWallets));
  }
}
