package org.ticketing.experiments.page;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import org.HdrHistogram.Histogram;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.Rates;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.compare.Sweep;
import org.ticketing.experiments.compare.Sweep.Step;
import org.ticketing.experiments.compare.Sweep.SystemStep;
import org.ticketing.experiments.load.LoadFigures;
import org.ticketing.experiments.load.LoadFigures.Late;
import org.ticketing.experiments.load.LoadSettings;
import org.ticketing.experiments.load.LoadSettings.Pattern;
import org.ticketing.experiments.load.LoadSettings.Sold;
import org.ticketing.experiments.load.Percentiles;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.workload.Tally;

/** Sweeps of systems with the throughput of real rounds, by a formula and seeded chance. */
final class InventedSweeps {

  private static final int REPETITIONS = 3;
  private static final int SECONDS = 30;
  private static final double SLOWEST_MILLIS = 8000;

  private final Results rounds;
  private final Random chance = new Random(11);

  record Sweeps(Rates rates, List<Sweep> sweeps) {}

  InventedSweeps(Results rounds) {
    this.rounds = rounds;
  }

  Sweeps all() {
    double capacity = capacity(rounds.yardstick().system());
    List<Double> rates = List.of(20.0, 40.0, 60.0, 80.0, 100.0, 120.0, 140.0);
    double base = rates.get(0);
    return new Sweeps(
        new Rates(capacity, base, rates),
        List.of(
            sweep("rates", "payments due a second", "1/s", rates, (system, rate) -> rate),
            sweep(
                "wallets",
                "wallets that the payments come from",
                "",
                List.of(1.0, 5.0, 25.0, 200.0),
                (system, wallets) -> base * (1 + 2 / wallets)),
            sweep(
                "distance",
                "round trip between services",
                "ms",
                List.of(0.0, 1.0, 5.0),
                (system, millis) -> base * (1 + millis / 4)),
            sweep(
                "refusals",
                "share of late refusals",
                "",
                List.of(0.0, 0.05, 0.2),
                (system, share) -> base * (1 + share)),
            sweep(
                "readers", "readers", "", List.of(0.0, 2.0), (system, readers) -> base + readers)));
  }

  private double capacity(String system) {
    return rounds.systems().stream()
        .filter(one -> one.system().equals(system))
        .flatMap(one -> one.rounds().stream())
        .filter(round -> round.part() == Results.Part.CAPACITY)
        .mapToDouble(round -> round.tally().throughput())
        .max()
        .orElseThrow();
  }

  /**
   * @param load the rate that would burden a system as much as the value does
   */
  private Sweep sweep(
      String part,
      String varied,
      String unit,
      List<Double> values,
      ToDoubleBiFunction<String, Double> load) {
    List<Step> steps = new ArrayList<>();
    List<String> left =
        new ArrayList<>(rounds.systems().stream().map(SystemResult::system).toList());
    for (double value : values) {
      List<SystemStep> systems = new ArrayList<>();
      List<LoadFigures> yardstick = null;
      for (String system : List.copyOf(left)) {
        double burden = load.applyAsDouble(system, value) / capacity(system);
        List<LoadFigures> repetitions = new ArrayList<>();
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
          repetitions.add(figures(burden, (int) Math.max(20, value)));
        }
        yardstick = system.equals(rounds.yardstick().system()) ? repetitions : yardstick;
        boolean sustained = burden < 1;
        systems.add(
            new SystemStep(
                system,
                true,
                sustained,
                repetitions,
                yardstick == null ? null : ratio(repetitions, yardstick, false),
                yardstick == null ? null : ratio(repetitions, yardstick, true),
                null));
        if (!sustained) {
          left.remove(system);
        }
      }
      steps.add(new Step(value, settings(part.equals("rates") ? value : 20), systems));
    }
    return new Sweep(part, varied, unit, steps);
  }

  private static Ratio ratio(List<LoadFigures> ours, List<LoadFigures> theirs, boolean p99) {
    List<Double> ratios = new ArrayList<>();
    for (int repetition = 0; repetition < ours.size(); repetition++) {
      Percentiles one = ours.get(repetition).latency();
      Percentiles other = theirs.get(repetition).latency();
      ratios.add(
          p99
              ? (double) one.p99Micros() / other.p99Micros()
              : (double) one.p50Micros() / other.p50Micros());
    }
    return Ratio.of(ratios);
  }

  private static LoadSettings settings(double rate) {
    return new LoadSettings(
        rate,
        Duration.ofSeconds(SECONDS),
        Pattern.CONSTANT,
        100,
        new Sold(200, 0.05),
        Duration.ofSeconds(5),
        null);
  }

  private LoadFigures figures(double burden, int rate) {
    int due = rate * SECONDS;
    Histogram micros = new Histogram(3);
    double noise = 1 + chance.nextDouble() / 5;
    for (int request = 0; request < due; request++) {
      double tail = Math.exp(chance.nextGaussian() * 0.5);
      double millis =
          burden < 1
              ? noise * 8 * tail / (1 - Math.min(burden, 0.97))
              : noise * 300 * tail + SLOWEST_MILLIS * request / due;
      micros.recordValue((long) (1000 * millis));
    }
    Percentiles latency =
        new Percentiles(
            due,
            micros.getValueAtPercentile(50),
            micros.getValueAtPercentile(90),
            micros.getValueAtPercentile(99),
            micros.getValueAtPercentile(99.9),
            micros.getMaxValue());
    return new LoadFigures(
        due,
        due,
        0,
        new Tally.Answers(due, Map.of(), Map.of(), Map.of()),
        new Late(1000, 0, 0, 0),
        0,
        rate,
        latency,
        Map.of(),
        latency,
        encoded(micros));
  }

  private static String encoded(Histogram micros) {
    ByteBuffer buffer = ByteBuffer.allocate(micros.getNeededByteBufferCapacity());
    int length = micros.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }
}
