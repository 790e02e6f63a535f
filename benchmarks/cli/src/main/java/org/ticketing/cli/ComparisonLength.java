package org.ticketing.cli;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.ticketing.experiments.compare.ComparisonPart;
import org.ticketing.experiments.compare.SweepSettings;
import org.ticketing.stack.StackOptions;
import picocli.CommandLine.Option;

/** How much is measured, unless other options say otherwise. */
final class ComparisonLength {

  /** Of the sweeps: more than are under way where a system keeps up with the rate. */
  private static final int CLIENTS = 64;

  @Option(
      names = "--quick",
      description =
          "For a first impression; takes up to 5 minutes on 2 cores. Shows promises, anomalies and"
              + " processor time. No system becomes warm, so there are no ratios of throughput and"
              + " latency.")
  private boolean quick;

  @Option(
      names = "--full",
      description =
          "For figures to be published: all parts but upheavals, observability, tracking, and levers,"
              + " and a control, which is the system that ratios are taken to once more. Takes two"
              + " hours on 2 cores.")
  private boolean full;

  boolean isQuick() {
    return quick;
  }

  boolean latency() {
    return !quick;
  }

  int mostWarmUpRounds() {
    return quick ? 1 : full ? 60 : 40;
  }

  int mostWarmUpSeconds() {
    return quick ? 60 : 600;
  }

  int measuredRounds() {
    return quick ? 1 : full ? 8 : 7;
  }

  boolean hasControl() {
    return full;
  }

  List<ComparisonPart> parts() {
    return full
        ? Stream.of(ComparisonPart.values()).filter(ComparisonPart::isInFull).toList()
        : List.of(ComparisonPart.ROUNDS);
  }

  SweepSettings sweeps() {
    return quick
        ? new SweepSettings(Duration.ofSeconds(3), Duration.ofSeconds(1), 1, CLIENTS)
        : new SweepSettings(Duration.ofSeconds(8), Duration.ofSeconds(1), 2, CLIENTS);
  }

  /** A quick run is over before the optimising compiler has paid for itself. */
  List<String> jvmOptions() {
    return quick ? StackOptions.QUICK_COMPILER : List.of();
  }

  int payments() {
    return quick ? 40 : 250;
  }
}
