package org.ticketing.jmh;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Optional;

/**
 * What a run takes, as far as it is known before.
 *
 * @param forks of all benchmarks with all their parameters
 * @param iterations the time of all iterations, warm-up and measured
 */
record RunTime(int forks, Duration iterations) {

  /** The benchmarks with the options, which go before their annotations. */
  static RunTime of(Collection<BenchmarkListEntry> benchmarks, Options options) {
    int forks = 0;
    long millis = 0;
    for (BenchmarkListEntry benchmark : benchmarks) {
      int warmUpForks =
          either(options.getWarmupForkCount(), benchmark.getWarmupForks(), Defaults.WARMUP_FORKS);
      int measuredForks =
          either(options.getForkCount(), benchmark.getForks(), Defaults.MEASUREMENT_FORKS);
      int runs = combinations(benchmark, options) * Math.max(1, measuredForks + warmUpForks);
      forks += runs;
      millis += runs * (warmUp(benchmark, options) + measurement(benchmark, options));
    }
    return new RunTime(forks, Duration.ofMillis(millis));
  }

  private static long warmUp(BenchmarkListEntry benchmark, Options options) {
    return millis(
        either(
            options.getWarmupIterations(),
            benchmark.getWarmupIterations(),
            Defaults.WARMUP_ITERATIONS),
        either(options.getWarmupTime(), benchmark.getWarmupTime(), Defaults.WARMUP_TIME));
  }

  private static long measurement(BenchmarkListEntry benchmark, Options options) {
    return millis(
        either(
            options.getMeasurementIterations(),
            benchmark.getMeasurementIterations(),
            Defaults.MEASUREMENT_ITERATIONS),
        either(
            options.getMeasurementTime(),
            benchmark.getMeasurementTime(),
            Defaults.MEASUREMENT_TIME));
  }

  private static int combinations(BenchmarkListEntry benchmark, Options options) {
    return benchmark.getParams().orElse(Map.of()).entrySet().stream()
        .mapToInt(
            parameter ->
                options
                    .getParameter(parameter.getKey())
                    .orElse(Arrays.asList(parameter.getValue()))
                    .size())
        .reduce(1, Math::multiplyExact);
  }

  private static long millis(int iterations, TimeValue time) {
    return iterations * time.convertTo(TimeUnit.MILLISECONDS);
  }

  private static <T> T either(Optional<T> asked, Optional<T> annotated, T otherwise) {
    return asked.orElse(annotated.orElse(otherwise));
  }

  @Override
  public String toString() {
    return "%d min %d s of iterations in %d forks; before them each fork starts its servers (seconds, a system half a minute)"
        .formatted(iterations.toMinutes(), iterations.toSecondsPart(), forks);
  }
}
